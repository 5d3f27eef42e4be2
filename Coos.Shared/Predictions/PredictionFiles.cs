namespace Coos.Shared.Predictions;

/// <summary>Reads the files of an upload and reports damaged archives as problems.</summary>
public static class PredictionFiles
{
    /// <summary>Reads the predictions of one split.</summary>
    /// <returns>The predictions, or null if there is a problem.</returns>
    public static PredictionSet? Read(PredictionSource source, PredictionTarget target, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            using var text = source.OpenText();
            return PredictionReader.Read(text, target, problems);
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
