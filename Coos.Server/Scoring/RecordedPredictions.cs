using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Predictions as they were sent. The classes are kept normalised; probabilities are many times their size and only
/// wanted for a score, so they are read out of the original once more, by the reader that checked it.
/// </summary>
internal static class RecordedPredictions
{
    /// <summary>The predictions of a file, with probabilities where it has them.</summary>
    /// <exception cref="EvaluationException">The original no longer says what it said when it came.</exception>
    public static async Task<PredictionSet> ReadAsync(
        CoosDbContext database,
        PredictionFile file,
        ImageIndex images,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        if (!file.HasProbabilities)
        {
            return new PredictionSet
            {
                Split = file.Split,
                Classes = file.Classes,
                Hash = file.Hash,
            };
        }

        var content = await database
            .Set<OriginalUpload>()
            .Where(o => o.PredictionFileId == file.Id)
            .Select(o => o.Content)
            .FirstOrDefaultAsync(cancellation);
        using var text = OriginalText.Open(content ?? []);
        var source = new PredictionSource(file.Split, () => text);
        var predictions = PredictionFiles.Read(source, new PredictionTarget(file.Split, images, benchmark.ClassNames), new ProblemList());
        return predictions?.Hash == file.Hash
            ? predictions
            : throw new EvaluationException(
                $"The probabilities of {file.Split} cannot be read again: the stored file no longer gives the predictions of {file.Hash}."
            );
    }
}
