using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>A prediction file that passed every check and is not stored yet.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Bytes">The size of the file as it was sent.</param>
/// <param name="Files">The predictions by split.</param>
/// <param name="WrongSplit">Set if the file was sent for another split than the one whose images it predicts.</param>
internal sealed record CheckedUpload(Benchmark Benchmark, long Bytes, IReadOnlyList<DraftFile> Files, Problem? WrongSplit);

/// <summary>Checks a single file before its submission: finds its split, and applies the checks that submissions apply.</summary>
internal sealed class UploadIntake(SubmissionIntake intake, BenchmarkCatalog catalog, LabelStore labels, CoosSettings settings)
{
    /// <summary>The name of the form part if it does not name a split.</summary>
    public const string FilePart = "file";

    /// <summary>Checks a form with the field <c>benchmark</c>, an optional field <c>split</c> and one file.</summary>
    public Result<CheckedUpload> Check(SubmissionRequest form)
    {
        var slug = form["benchmark"];
        if (!catalog.TryGet(slug, out var folder))
        {
            return slug.Length > 0 ? catalog.Unknown(slug) : Refusal.BadFields(catalog.BenchmarkRequired());
        }

        var benchmark = folder.Benchmark;
        if (form.Files is not [var file])
        {
            return Refusal.BadFields(FileCount(form.Files.Count));
        }

        var named = NamedSplit(form["split"], file, benchmark);
        if (named.Length > 0 && benchmark.FindSplit(named) is null)
        {
            return Refusal.BadFields(UnknownSplit(named, benchmark));
        }

        return CheckFile(file, named, benchmark);
    }

    /// <summary>The split of the field <c>split</c>, or else of the form part; empty if neither names one.</summary>
    private static string NamedSplit(string field, UploadedFile file, Benchmark benchmark) =>
        field.Length > 0 ? field
        : benchmark.FindSplit(file.Part) is not null ? file.Part
        : "";

    private Result<CheckedUpload> CheckFile(UploadedFile file, string named, Benchmark benchmark)
    {
        if (PredictionUpload.IsZip(file))
        {
            return CheckAs(file, named.Length > 0 ? named : PredictionUpload.AnySplit, benchmark, null);
        }

        if (named.Length == 0)
        {
            return Detect(file, benchmark) is { } split ? CheckAs(file, split, benchmark, null) : NoSplit(file, benchmark);
        }

        var result = CheckAs(file, named, benchmark, null);
        var mayBeOther = !result.TryGet(out _, out var refusal) && refusal.Problems is { } problems && Concerns(problems);
        return mayBeOther && Detect(file, benchmark) is { } other && other != named
            ? CheckOther(file, named, other, benchmark, result)
            : result;
    }

    /// <summary>Whether the problems may come from the file being another split's.</summary>
    private static bool Concerns(ProblemList problems) =>
        problems.Has(ProblemCode.WrongSplit) || problems.Has(ProblemCode.UnknownImage) || problems.Has(ProblemCode.MissingImage);

    /// <summary>
    /// A file without a problem for another split is kept for that one; the problems of any other are those of the named split.
    /// </summary>
    private Result<CheckedUpload> CheckOther(
        UploadedFile file,
        string named,
        string other,
        Benchmark benchmark,
        Result<CheckedUpload> result
    )
    {
        var message =
            $"these are the images of {benchmark.TitleOf(other)}, not those of {benchmark.TitleOf(named)}; the file is kept for {other}";
        var wrongSplit = new Problem(named, null, null, ProblemCode.WrongSplit, message);
        var asOther = CheckAs(file, other, benchmark, wrongSplit);
        return asOther.TryGet(out _, out _) ? asOther : result;
    }

    private Result<CheckedUpload> CheckAs(UploadedFile file, string part, Benchmark benchmark, Problem? wrongSplit) =>
        intake
            .CheckFiles([file with { Part = part }], benchmark)
            .Match<Result<CheckedUpload>>(files => new CheckedUpload(benchmark, LengthOf(file), files, wrongSplit), refusal => refusal);

    private string? Detect(UploadedFile file, Benchmark benchmark)
    {
        var images = new Dictionary<string, ImageIndex>();
        foreach (var split in benchmark.Splits)
        {
            if (labels.TryGet(benchmark.Slug, split.Name, out var active))
            {
                images[split.Name] = active.Labels.Images;
            }
        }

        try
        {
            using var text = PredictionUpload.OpenText(file);
            return SplitDetector.Find(text, images, settings.MaxUploadBytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            // The check of the file reports that it is damaged.
            return null;
        }
    }

    private static long LengthOf(UploadedFile file)
    {
        using var content = file.Open();
        return content.Length;
    }

    private static FieldProblem FileCount(int count) =>
        new(
            FilePart,
            count == 0 ? "no-file" : "too-many-files",
            count == 0
                ? $"there is no file; send one prediction file, or a zip of several, as part {FilePart}"
                : $"there are {count} files; send one in each request, or a zip of all of them"
        );

    private static FieldProblem UnknownSplit(string split, Benchmark benchmark) =>
        new(
            "split",
            "unknown-split",
            $"{benchmark.Slug} has no split \"{split.Shorten()}\"; "
                + $"its splits are {string.Join(", ", benchmark.TestSplits.Select(s => s.Name))}"
        );

    private static Refusal NoSplit(UploadedFile file, Benchmark benchmark)
    {
        var problems = new ProblemList();
        var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
        problems.Add(
            file.FileName.Length > 0 ? file.FileName.Shorten() : FilePart,
            null,
            null,
            ProblemCode.WrongSplit,
            $"the image ids of the file do not identify a split; add a field split, one of {names}, to see what is wrong with it"
        );
        return SubmissionIntake.BadFiles(problems);
    }
}
