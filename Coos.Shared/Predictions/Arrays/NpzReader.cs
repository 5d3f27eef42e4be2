using System.IO.Compression;
using System.Text;
using Coos.Shared.Packing;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Finds the arrays of a NumPy archive. Only headers are read.</summary>
/// <param name="target">What the file is checked against.</param>
/// <param name="problems">Receives the problems.</param>
/// <param name="budget">Limits the work of unpacking; null for files that are trusted.</param>
internal sealed class NpzReader(PredictionTarget target, ProblemList problems, UnpackBudget? budget)
{
    private const string Extension = ".npy";

    private readonly Dictionary<string, NpyArray> _arrays = new(StringComparer.Ordinal);

    /// <summary>Whether a zip is a NumPy archive rather than one of prediction files, by the names of its entries.</summary>
    /// <param name="names">The names of the entries.</param>
    /// <param name="isSplit">Whether a name without its extension is that of a split.</param>
    public static bool IsArchive(IReadOnlyList<string> names, Predicate<string> isSplit) =>
        names.Count > 0
        && names.All(name => name.EndsWith(Extension, StringComparison.Ordinal))
        && (names.Any(name => ArrayNames.Known.Contains(name[..^Extension.Length])) || !names.Any(n => isSplit(n[..^Extension.Length])));

    /// <summary>Finds the arrays.</summary>
    /// <param name="content">The seekable archive; left open.</param>
    /// <param name="archive">The archive, which the caller closes after the arrays were read.</param>
    /// <returns>The arrays; null if rows cannot be read, and a problem says why.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public ArraySet? Read(Stream content, out ZipArchive? archive)
    {
        archive = null;
        if (ZipDirectory.IsTooLarge(content))
        {
            Report(null, ProblemCode.WrongSplit, "the archive holds too many arrays");
            return null;
        }

        archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var methods = ZipDirectory.ReadMethods(content);
        if (!IsArchive([.. archive.Entries.Select(e => e.FullName)], _ => false))
        {
            Report(
                null,
                ProblemCode.BadEncoding,
                ZipFormats.Describe(archive.Entries, readsArrays: true) ?? "the file is a zip in another archive; pack it once"
            );
            return null;
        }

        for (var i = 0; i < archive.Entries.Count; i++)
        {
            Add(archive.Entries[i], i, i < methods.Count ? methods[i] : -1);
        }

        return problems.Has(ProblemCode.BadEncoding) ? null : Combine();
    }

    private void Add(ZipArchiveEntry entry, int index, int method)
    {
        var name = entry.FullName[..^Extension.Length];
        var isKnown = ArrayNames.Known.Contains(name);
        var meant = isKnown ? name : FindMeaning(name, entry.Archive!);
        if (!isKnown)
        {
            var hint = meant is null ? new ArrayNames().Remove(name) : $"rename it to {meant}";
            Report(
                Printable(name),
                ProblemCode.UnknownColumn,
                $"array {index + 1} is named \"{Printable(name)}\"; {hint}; allowed arrays: {string.Join(", ", ArrayNames.Known)}"
            );
        }

        if (meant is null)
        {
            return;
        }

        if (entry.IsEncrypted || (method >= 0 && !ZipFormats.IsReadable(method)))
        {
            Report(meant, ProblemCode.BadEncoding, "the array is encrypted or packed in a way that is not read; use numpy.savez");
            return;
        }

        using var start = new ZipEntryText(entry, budget);
        if (NpyHeader.Read(start, out var error) is not { } header)
        {
            Report(meant, ProblemCode.BadEncoding, $"the array {Printable(name)} {error}");
        }
        else if (!_arrays.TryAdd(meant, new NpyArray(meant, header, () => OpenElements(entry))))
        {
            Report(meant, ProblemCode.DuplicateColumn, $"two arrays are named {meant}; keep one");
        }
    }

    /// <summary>Finds the array that was meant by another name, unless the archive has it.</summary>
    private static string? FindMeaning(string name, ZipArchive archive) =>
        new ArrayNames().Find(name) is { } meant && archive.GetEntry(meant + Extension) is null ? meant : null;

    private ZipEntryText OpenElements(ZipArchiveEntry entry)
    {
        var content = new ZipEntryText(entry, budget);
        NpyHeader.Read(content, out _);
        return content;
    }

    private ArraySet? Combine()
    {
        var (probabilities, logits) = (_arrays.GetValueOrDefault(ArrayNames.Probabilities), _arrays.GetValueOrDefault(ArrayNames.Logits));
        var label = _arrays.GetValueOrDefault(PredictionColumns.LabelName);
        if (probabilities is not null && logits is not null)
        {
            Report(null, ProblemCode.DuplicateColumn, "the file has the arrays probabilities and logits; keep one of the two");
            return null;
        }

        if (label is null && probabilities is null && logits is null)
        {
            Report(
                PredictionColumns.LabelName,
                ProblemCode.MissingColumn,
                "the file has no array label; it holds the predicted class of each image (or add probabilities or logits)"
            );
            return null;
        }

        return new ArraySet(_arrays.GetValueOrDefault(PredictionColumns.ImageIdName), label, probabilities ?? logits)
        {
            AreLogits = logits is not null,
        };
    }

    private static string Printable(string name) => Excerpt.Plain(Encoding.UTF8.GetBytes(name));

    private void Report(string? array, ProblemCode code, string message) => problems.Add(target.File, null, array, code, $"{message}");
}
