namespace Coos.Shared.Benchmarks;

/// <summary>One set of images of a benchmark.</summary>
/// <param name="Name">The name in paths, files and the API: <c>test1</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Title">The name on pages: <c>Test1</c>.</param>
/// <param name="Shift">How it differs from the training set, such as <c>other wells</c>; empty if not specified.</param>
/// <param name="Images">The number of images; null if not specified.</param>
/// <param name="Description">A sentence about it.</param>
public sealed record Split(string Name, SplitRole Role, string Title, string Shift, int? Images, string Description);
