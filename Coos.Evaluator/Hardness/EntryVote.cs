namespace Coos.Evaluator.Hardness;

/// <summary>The predictions of an entry for a split, as a vote on which images are hard.</summary>
/// <param name="Family">The family of its method.</param>
/// <param name="Method">Its method; runs of one method share it.</param>
/// <param name="Classes">The predicted class of each image.</param>
public sealed record EntryVote(string Family, string Method, ushort[] Classes);
