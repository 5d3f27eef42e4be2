using Coos.Shared.Packing;

namespace Coos.Shared.Predictions;

/// <summary>Reads the files of an upload and reports damaged archives as problems.</summary>
public static class PredictionFiles
{
    /// <summary>The problem of a file that needs a password.</summary>
    internal const string Encrypted = "the file is encrypted with a password; pack the zip without one";

    /// <summary>Reads the predictions of one split.</summary>
    /// <param name="source">The predictions.</param>
    /// <param name="target">What they must be.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="budget">Limits the work of unpacking all files of the upload; null for files that are trusted.</param>
    /// <returns>The predictions, or null if there is a problem.</returns>
    public static PredictionSet? Read(PredictionSource source, PredictionTarget target, ProblemList problems, UnpackBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(problems);
        if (!source.IsEncrypted)
        {
            return ReadText(source, target, problems, budget);
        }

        // Without the password, the file is noise: its problems would only mislead.
        var predictions = ReadText(source, target, new ProblemList(), budget);
        if (predictions is null)
        {
            problems.Add(target.File, null, null, ProblemCode.BadEncoding, $"{Encrypted}");
        }

        return predictions;
    }

    private static PredictionSet? ReadText(PredictionSource source, PredictionTarget target, ProblemList problems, UnpackBudget? budget)
    {
        try
        {
            using var text = source.OpenText(budget);
            return PredictionReader.Read(text, target, problems);
        }
        catch (UnpackLimitException e)
        {
            problems.Add(target.File, null, null, ProblemCode.TooLarge, $"{e.Message}");
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            problems.Add(
                target.File,
                null,
                null,
                ProblemCode.BadEncoding,
                $"the file cannot be unpacked: {e.Message} Pack it again, or send it unpacked."
            );
            return null;
        }
    }
}
