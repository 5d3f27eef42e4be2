using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>A stored upload with its warnings.</summary>
/// <param name="Id">The id, by which a submission refers to the upload.</param>
/// <param name="Files">The predictions by split, in the manifest's order.</param>
/// <param name="WrongSplit">The problem that the file was sent for another split than the one it predicts; null if it was not.</param>
/// <param name="Warnings">The warnings about its predictions.</param>
/// <param name="ExpiresAt">When the upload is deleted, UTC.</param>
internal sealed record StoredUpload(
    Guid Id,
    IReadOnlyList<UploadedSplit> Files,
    Problem? WrongSplit,
    IReadOnlyList<UploadWarning> Warnings,
    DateTime ExpiresAt
)
{
    /// <summary>Creates the upload of a row, and finds its warnings.</summary>
    public static StoredUpload From(Upload row, Benchmark benchmark, Problem? wrongSplit)
    {
        UploadedSplit[] files = [.. row.Splits.OrderBy(s => benchmark.Splits.ToList().FindIndex(b => b.Name == s.Split))];
        return new StoredUpload(row.Id, files, wrongSplit, [.. files.SelectMany(f => UploadWarning.FindAll(f, benchmark))], row.ExpiresAt);
    }
}

/// <summary>A warning about predictions that are valid but probably not intended.</summary>
/// <param name="File">The split's name.</param>
/// <param name="Code">The kind of warning.</param>
/// <param name="Message">What was found.</param>
internal sealed record UploadWarning(string File, string Code, string Message)
{
    private const int MaxNames = 5;

    /// <summary>Finds the warnings of a file. They depend only on the predictions, so they reveal nothing about the labels.</summary>
    public static IEnumerable<UploadWarning> FindAll(UploadedSplit file, Benchmark benchmark)
    {
        var predicted = file.Classes.Distinct().ToHashSet();
        string[] unused = [.. benchmark.Classes.Where(c => !predicted.Contains((byte)c.Index)).Select(c => c.Name)];
        if (predicted.Count == 1)
        {
            yield return new(file.Split, "one-class", $"every image is predicted as {benchmark.Classes[file.Classes[0]].Name}");
        }
        else if (unused.Length > 0 && benchmark.Classes.Count <= file.Classes.Length)
        {
            var names =
                string.Join(", ", unused.Take(MaxNames)) + (unused.Length > MaxNames ? $" and {unused.Length - MaxNames} more" : "");
            yield return new(file.Split, "unused-class", $"no image is predicted as {names}");
        }
    }
}
