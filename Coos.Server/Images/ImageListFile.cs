using Coos.Shared.Benchmarks;

namespace Coos.Server.Images;

/// <summary>A list of images, with the words that a file of it has.</summary>
/// <param name="Folder">The benchmark.</param>
/// <param name="Split">The split.</param>
/// <param name="Query">What is listed, and which page of it.</param>
/// <param name="Selection">The images.</param>
/// <param name="Title">What is listed, in words.</param>
/// <param name="Sentence">How many there are, in a sentence.</param>
/// <param name="IsOfAll">Whether the list is of all entries, rather than of one.</param>
/// <param name="Address">The absolute URL of the page with the list.</param>
internal sealed record ImageListFile(
    BenchmarkFolder Folder,
    Split Split,
    ImageQuery Query,
    ImageSelection Selection,
    string Title,
    string Sentence,
    bool IsOfAll,
    string Address
);
