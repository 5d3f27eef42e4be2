using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>An upload as its owner sees it.</summary>
/// <param name="Id">Names the upload in a submission.</param>
/// <param name="Files">The predictions by split, in the manifest's order.</param>
/// <param name="WrongSplit">Set if the file was sent for another split than the one it is kept for.</param>
/// <param name="Warnings">What is allowed and probably not intended.</param>
/// <param name="ExpiresAt">When the upload is deleted, UTC.</param>
internal sealed record StoredUpload(
    Guid Id,
    IReadOnlyList<UploadedSplit> Files,
    Problem? WrongSplit,
    IReadOnlyList<UploadWarning> Warnings,
    DateTime ExpiresAt
)
{
    /// <summary>The upload of a row.</summary>
    public static StoredUpload From(Upload row, Benchmark benchmark, Problem? wrongSplit)
    {
        UploadedSplit[] files = [.. row.Splits.OrderBy(s => benchmark.Splits.ToList().FindIndex(b => b.Name == s.Split))];
        return new StoredUpload(row.Id, files, wrongSplit, [.. files.SelectMany(f => UploadWarning.Of(f, benchmark))], row.ExpiresAt);
    }
}

/// <summary>What is allowed and probably not intended.</summary>
/// <param name="File">The split's name.</param>
/// <param name="Code">The kind of warning.</param>
/// <param name="Message">What was found.</param>
internal sealed record UploadWarning(string File, string Code, string Message)
{
    private const int MaxNames = 5;

    /// <summary>The warnings of a file. They depend on the predictions only, so they reveal nothing about the labels.</summary>
    public static IEnumerable<UploadWarning> Of(UploadedSplit file, Benchmark benchmark)
    {
        var predicted = file.Classes.Distinct().ToHashSet();
        string[] never = [.. benchmark.Classes.Where(c => !predicted.Contains((byte)c.Index)).Select(c => c.Name)];
        if (predicted.Count == 1)
        {
            yield return new(file.Split, "one-class", $"every image is predicted as {benchmark.Classes[file.Classes[0]].Name}");
        }
        else if (never.Length > 0 && benchmark.Classes.Count <= file.Classes.Length)
        {
            var names = string.Join(", ", never.Take(MaxNames)) + (never.Length > MaxNames ? $" and {never.Length - MaxNames} more" : "");
            yield return new(file.Split, "unused-class", $"no image is predicted as {names}");
        }
    }
}
