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
        ArgumentNullException.ThrowIfNull(target);
        return Read(source, target.File, (text, found) => PredictionReader.Read(text, target, found, budget), problems, budget);
    }

    /// <summary>Reads a table of one split: its predictions, or its labels.</summary>
    /// <typeparam name="T">What the table contains.</typeparam>
    /// <param name="source">The file.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="read">Reads the text, and returns null if it adds a problem to the list.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="budget">Limits the work of unpacking all files of the upload; null for files that are trusted.</param>
    /// <returns>The content, or null if there is a problem.</returns>
    public static T? Read<T>(
        PredictionSource source,
        string file,
        Func<Stream, ProblemList, T?> read,
        ProblemList problems,
        UnpackBudget? budget
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(problems);
        // Without the password, an encrypted file is noise: its problems would only mislead.
        var found = source.IsEncrypted ? new ProblemList() : problems;
        T? content = null;
        try
        {
            using var text = source.OpenText(budget);
            content = read(text, found);
        }
        catch (UnpackLimitException e)
        {
            found.Add(file, null, null, ProblemCode.TooLarge, $"{e.Message}");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            found.Add(
                file,
                null,
                null,
                ProblemCode.BadEncoding,
                $"the file cannot be unpacked: {e.Message} Pack it again, or send it unpacked."
            );
        }

        if (source.IsEncrypted && content is null)
        {
            problems.Add(file, null, null, ProblemCode.BadEncoding, $"{Encrypted}");
        }

        return content;
    }
}
