using Coos.Evaluator.Plates;
using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;

namespace Coos.Server.Plates;

/// <summary>
/// Reads the errors by well of one entry, with the current labels. It reads through <see cref="SubmissionReader"/>, so it sees only
/// what the viewer may see.
/// </summary>
internal sealed class PlateReader(SubmissionReader reader, BenchmarkCatalog catalog, LabelStore labels, PositionTestStore tests)
{
    /// <summary>Reads the errors by well of an entry.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="split">The split.</param>
    /// <param name="trueClass">The index or name of a class, whose images alone are counted; empty for all.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The entry with its errors, or why they are refused.</returns>
    public async Task<Result<EntryPlates>> ReadAsync(Guid id, string split, string? trueClass, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return SubmissionReader.NotFound(id);
        }

        var result = await ReadAsync(submission, split, trueClass, cancellation);
        return result.TryGet(out var plates, out var refusal) ? new EntryPlates(submission, plates) : refusal;
    }

    /// <summary>Reads the errors by well of an entry that the viewer may see.</summary>
    /// <param name="submission">The entry, of <see cref="SubmissionReader.FindAsync"/>.</param>
    /// <param name="split">The split.</param>
    /// <param name="trueClass">The index or name of a class, whose images alone are counted; empty for all.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<PlateResult>> ReadAsync(
        SubmissionDocument submission,
        string split,
        string? trueClass,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(submission.Benchmark, out var folder))
        {
            return SubmissionReader.NotFound(submission.Id);
        }

        var benchmark = folder.Benchmark;
        if (PlateRefusals.Check(submission, split) is { } refusal)
        {
            return refusal;
        }

        if (!labels.TryGet(benchmark.Slug, split, out var active))
        {
            return PlateRefusals.UnknownSplit(split, benchmark);
        }

        if (!PlateRefusals.ReadClass(trueClass, benchmark).TryGet(out var chosen, out var invalid))
        {
            return invalid;
        }

        var part = active.Parts.Get(benchmark.ScoredPart);
        if (WellMap.Create(part.Labels, benchmark.Plate) is not { } map)
        {
            return PlateRefusals.NoWells(benchmark.TitleOf(split));
        }

        var predictions = await reader.ReadPredictionsAsync(submission, cancellation);
        if (
            predictions.FirstOrDefault(p => p.Split == split && active.Labels.Images.ContentHash.SequenceEqual(p.ImagesHash))
            is not { } found
        )
        {
            return PlateRefusals.ImagesChanged(benchmark.TitleOf(split));
        }

        var counts = WellCounts
            .Count(map, part.Labels.Classes, part.Select(found.Classes), benchmark.Classes.Count)
            .Select(chosen.Class?.Index);
        return new PlateResult(benchmark, split, chosen.Class, counts, tests.Get(counts))
        {
            Subject = $"{submission.Method} by {submission.Submitter}",
        };
    }
}

/// <summary>An entry with its errors by well.</summary>
/// <param name="Submission">The entry.</param>
/// <param name="Plates">Its errors.</param>
internal sealed record EntryPlates(SubmissionDocument Submission, PlateResult Plates);
