using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Reads the stored predictions of a submission. Classes are stored in normalised form. Probabilities are many times larger
/// and only needed for scoring, so they are read again from the original upload by the reader that validated it.
/// </summary>
internal static class RecordedPredictions
{
    /// <summary>Reads the predictions of a file, with probabilities if it has them.</summary>
    /// <exception cref="EvaluationException">The original upload no longer yields the recorded predictions.</exception>
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
        var source = new PredictionSource(file.Split, _ => text);
        var predictions = PredictionFiles.Read(source, new PredictionTarget(file.Split, images, benchmark.ClassNames), new ProblemList());
        return predictions?.Hash == file.Hash
            ? predictions
            : throw new EvaluationException(
                $"The probabilities of {file.Split} cannot be read: "
                    + $"the stored file no longer matches the recorded predictions hash {file.Hash}."
            );
    }
}
