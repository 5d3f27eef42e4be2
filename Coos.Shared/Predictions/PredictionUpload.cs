using System.IO.Compression;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Packing;
using Coos.Shared.Predictions.Arrays;

namespace Coos.Shared.Predictions;

/// <summary>
/// Finds the predictions of each split in an upload: plain files, .gz, or a zip of files named after the splits. The
/// type of a file is detected from its first bytes, not from its name; a NumPy archive is a zip of arrays, by their names.
/// Labels of one split may be packed in the same ways.
/// </summary>
public sealed class PredictionUpload : IDisposable
{
    /// <summary>The name of the form part that holds a zip of several splits.</summary>
    public const string AnySplit = "predictions";

    /// <summary>The maximum number of entries in a zip.</summary>
    private const int MaximumEntries = 256;

    /// <summary>The extensions of prediction files in a zip of several.</summary>
    private static readonly string[] Extensions = [".csv", ".npy", ".npz", ".parquet"];

    private readonly Benchmark _benchmark;
    private readonly ProblemList _problems;
    private readonly bool _isTable;
    private readonly List<PredictionSource> _sources = [];
    private readonly List<IDisposable> _opened = [];

    private PredictionUpload(Benchmark benchmark, ProblemList problems, bool isTable) =>
        (_benchmark, _problems, _isTable) = (benchmark, problems, isTable);

    /// <summary>The predictions found, at most one per split, in the order of the manifest.</summary>
    public IReadOnlyList<PredictionSource> Sources => _sources;

    /// <summary>Opens the files of an upload.</summary>
    /// <param name="files">The files.</param>
    /// <param name="benchmark">The benchmark whose splits they are for.</param>
    /// <param name="problems">Receives the problems.</param>
    public static PredictionUpload Open(IEnumerable<UploadedFile> files, Benchmark benchmark, ProblemList problems) =>
        Open(files, new PredictionUpload(benchmark, problems, isTable: false));

    /// <summary>Opens a file that holds one table, such as the labels of a split; a zip may hold only that file.</summary>
    /// <param name="file">The file; its part is the name of the split.</param>
    /// <param name="benchmark">The benchmark that has the split.</param>
    /// <param name="problems">Receives the problems.</param>
    public static PredictionUpload OpenTable(UploadedFile file, Benchmark benchmark, ProblemList problems) =>
        Open([file], new PredictionUpload(benchmark, problems, isTable: true));

    private static PredictionUpload Open(IEnumerable<UploadedFile> files, PredictionUpload upload)
    {
        foreach (var file in files)
        {
            upload.AddFile(file);
        }

        upload._sources.Sort((a, b) => upload.Position(a).CompareTo(upload.Position(b)));
        return upload;
    }

    /// <summary>Whether a file is a zip of files, by its first bytes; a NumPy archive is not one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="benchmark">The benchmark whose splits name the files of a zip.</param>
    public static bool IsZip(UploadedFile file, Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (DetectPacking(file.Open) != PackingKind.Zip)
        {
            return false;
        }

        using var upload = new PredictionUpload(benchmark, new ProblemList(), isTable: false);
        try
        {
            using var content = file.Open();
            using var archive = ZipDirectory.IsTooLarge(content) ? null : new ZipArchive(content, ZipArchiveMode.Read);
            return archive is null || !upload.IsArrayArchive(archive);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return true; // Opening it reports what is wrong.
        }
    }

    /// <summary>Opens the text of a file that is plain or compressed with gzip.</summary>
    /// <param name="file">The file.</param>
    /// <param name="budget">Limits the work.</param>
    public static Stream OpenText(UploadedFile file, UnpackBudget? budget)
    {
        ArgumentNullException.ThrowIfNull(file);
        return OpenText(file.Open, budget);
    }

    /// <summary>Says what a file is, packed with gzip or not, that is of a format which is not read.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What it is and what to do; null if it may be text, or cannot be unpacked.</returns>
    public static string? DescribeForeign(UploadedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using var text = OpenText(file.Open, new UnpackBudget(UnpackBudget.MemberCost + (1 << 20)));
            var bytes = new byte[ForeignFile.Length];
            var start = bytes.AsSpan(0, text.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            var isArray = PredictionFormats.Detect(start) is PredictionFormat.Array or PredictionFormat.Parquet;
            return isArray || DetectPacking(file.Open) == PackingKind.Zip ? null : ForeignFile.Describe(start);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or UnpackLimitException)
        {
            return null;
        }
    }

    /// <summary>Closes the files that the sources read from.</summary>
    public void Dispose() => _opened.ForEach(o => o.Dispose());

    private int Position(PredictionSource source) => _benchmark.Splits.ToList().FindIndex(s => s.Name == source.Split);

    private void AddFile(UploadedFile file)
    {
        if (DetectPacking(file.Open) == PackingKind.Zip)
        {
            AddZip(file);
        }
        else if (file.Part == AnySplit)
        {
            ReportUnknownSplit(file);
        }
        else if (_benchmark.FindSplit(file.Part) is null)
        {
            ReportNoSplit(file);
        }
        else
        {
            AddSource(file.Part, file.Part, budget => OpenText(file.Open, budget));
        }
    }

    private void AddZip(UploadedFile file)
    {
        var content = file.Open();
        _opened.Add(content);
        try
        {
            if (ZipDirectory.IsTooLarge(content))
            {
                Report(file.Part, ProblemCode.WrongSplit, $"the zip holds more than {MaximumEntries} files; {Expected}");
                return;
            }

            var archive = new ZipArchive(content, ZipArchiveMode.Read);
            _opened.Add(archive);
            if (!_isTable && IsArrayArchive(archive))
            {
                AddArrays(file);
                return;
            }

            if (ZipFormats.Describe(archive.Entries, readsArrays: !_isTable) is { } foreign)
            {
                Report(file.Part, ProblemCode.BadEncoding, foreign);
                return;
            }

            var entries = ZipListing.Read(archive, ZipDirectory.ReadMethods(content), withoutFolder: file.Part == AnySplit);
            if (entries.Length is 0 or > MaximumEntries || (_isTable && entries.Length > 1))
            {
                var found =
                    entries.Length == 0 ? "no file"
                    : entries.Length > MaximumEntries ? $"more than {MaximumEntries} files"
                    : $"{entries.Length} files";
                Report(file.Part, ProblemCode.WrongSplit, $"the zip holds {found}; {Expected}");
                return;
            }

            foreach (var entry in entries)
            {
                AddEntry(file, entry, isOnly: entries.Length == 1);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            Report(file.Part, ProblemCode.BadEncoding, "the file starts like a zip but is not one, or was cut short; pack it again");
        }
    }

    /// <summary>Whether a zip is a NumPy archive, not a zip of prediction files that are arrays.</summary>
    private bool IsArrayArchive(ZipArchive archive) =>
        NpzReader.IsArchive([.. archive.Entries.Select(e => e.FullName)], name => FindSplit(Path.GetFileName(name)) is not null);

    private void AddArrays(UploadedFile file)
    {
        if (file.Part == AnySplit)
        {
            Report(
                file.Part,
                ProblemCode.WrongSplit,
                $"the file is a NumPy archive (.npz), so its split is unknown; send it as part {SplitNames("")}, or add a field split"
            );
        }
        else if (_benchmark.FindSplit(file.Part) is null)
        {
            ReportNoSplit(file);
        }
        else
        {
            AddSource(file.Part, file.Part, _ => file.Open());
        }
    }

    private void AddEntry(UploadedFile file, ZipListing entry, bool isOnly)
    {
        var label = file.Part == AnySplit ? Printable(entry.Entry.FullName) : file.Part;
        var name = entry.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? entry.Name[..^3] : entry.Name;
        var split = file.Part != AnySplit && isOnly ? file.Part : FindSplit(Path.GetFileNameWithoutExtension(name));
        if (entry.Name.Contains('/', StringComparison.Ordinal) || entry.Name.Contains('\\', StringComparison.Ordinal))
        {
            Report(label, ProblemCode.WrongSplit, "the file is in a folder of the zip; put the files at its top, without folders");
        }
        else if (file.Part != AnySplit && !isOnly)
        {
            Report(
                label,
                ProblemCode.WrongSplit,
                $"the zip of part {file.Part} holds \"{Printable(entry.Name)}\" and more; "
                    + $"send a zip of several splits as part {AnySplit}"
            );
        }
        else if (
            split is null
            || (file.Part == AnySplit && !Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        )
        {
            Report(label, ProblemCode.WrongSplit, $"\"{Printable(entry.Name)}\" does not belong to a split; the names are {SplitNames()}");
        }
        else if (entry.Method == ZipFormats.AesMethod)
        {
            Report(label, ProblemCode.BadEncoding, PredictionFiles.Encrypted);
        }
        else if (entry.Method >= 0 && !ZipFormats.IsReadable(entry.Method))
        {
            Report(
                label,
                ProblemCode.BadEncoding,
                $"the file cannot be unpacked: it is compressed with {ZipFormats.MethodName(entry.Method)}; pack the zip with Deflate"
            );
        }
        else
        {
            AddSource(split, label, budget => OpenText(() => new ZipEntryText(entry.Entry, budget), budget), entry.Entry.IsEncrypted);
        }
    }

    /// <summary>Finds a split by the name of a file, in any case; null if there is none.</summary>
    private string? FindSplit(string name) =>
        _benchmark.FindSplit(name)?.Name
        ?? _benchmark.Splits.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))?.Name;

    private void ReportNoSplit(UploadedFile file) =>
        Report(
            Printable(file.Part),
            ProblemCode.WrongSplit,
            $"{_benchmark.Name} has no split of this name; send the file as part {SplitNames("")}"
        );

    private void ReportUnknownSplit(UploadedFile file)
    {
        if (DescribeForeign(file) is { } foreign)
        {
            Report(file.Part, ProblemCode.BadEncoding, foreign);
        }
        else
        {
            Report(
                file.Part,
                ProblemCode.WrongSplit,
                $"the file is not a zip of files, so its split is unknown; send it as part {SplitNames("")}, or add a field split"
            );
        }
    }

    private void AddSource(string split, string label, Func<UnpackBudget?, Stream> openText, bool isEncrypted = false)
    {
        if (_sources.Exists(s => s.Split == split))
        {
            Report(label, ProblemCode.WrongSplit, $"there are two files for {split}; send one");
        }
        else
        {
            _sources.Add(new PredictionSource(split, openText) { IsEncrypted = isEncrypted });
        }
    }

    private static Stream OpenText(Func<Stream> open, UnpackBudget? budget)
    {
        if (DetectPacking(open) != PackingKind.GZip)
        {
            return open();
        }

        return new GZipText(open(), budget);
    }

    private static PackingKind DetectPacking(Func<Stream> open)
    {
        Span<byte> start = stackalloc byte[4];
        using var stream = open();
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read] switch
        {
            [0x1F, 0x8B, ..] => PackingKind.GZip,
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6] => PackingKind.Zip,
            _ => PackingKind.None,
        };
    }

    /// <summary>Whether ZipArchive throws this type of exception for a damaged file.</summary>
    private static bool IsBroken(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException or OverflowException;

    private static string Printable(string name) => Excerpt.Plain(Encoding.UTF8.GetBytes(name));

    /// <summary>What a zip must hold.</summary>
    private string Expected => _isTable ? "it must hold one file" : $"it must hold one file per split, named {SplitNames()}";

    private string SplitNames(string extension = ".csv") => string.Join(" or ", _benchmark.TestSplits.Select(s => s.Name + extension));

    private void Report(string file, ProblemCode code, string message) => _problems.Add(file, null, null, code, $"{message}");

    private enum PackingKind
    {
        None = 0,
        GZip = 1,
        Zip = 2,
    }
}
