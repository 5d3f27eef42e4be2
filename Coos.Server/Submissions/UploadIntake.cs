using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>A valid prediction file that is not stored yet.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Bytes">The size of the file as it was sent.</param>
/// <param name="Files">The predictions by split.</param>
/// <param name="WrongSplit">The problem that the file was sent for another split than the one it predicts; null if it was not.</param>
internal sealed record CheckedUpload(Benchmark Benchmark, long Bytes, IReadOnlyList<DraftFile> Files, Problem? WrongSplit);

/// <summary>Validates a single file before it is submitted. Detects its split and applies the rules of submissions.</summary>
internal sealed class UploadIntake(SubmissionIntake intake, BenchmarkCatalog catalog, LabelStore labels, CoosSettings settings)
{
    /// <summary>The name of the form part if it does not name a split.</summary>
    public const string FilePart = "file";

    /// <summary>Validates a form with the field <c>benchmark</c>, an optional field <c>split</c> and one file.</summary>
    public Result<CheckedUpload> Check(SubmissionRequest form, CancellationToken cancellation)
    {
        var slug = form["benchmark"];
        if (!catalog.TryGet(slug, out var folder))
        {
            return slug.Length > 0 ? catalog.Unknown(slug) : Refusal.BadFields(catalog.BenchmarkRequired());
        }

        var benchmark = folder.Benchmark;
        form = SplitNames.Match(form, benchmark);
        if (BenchmarkCatalog.RefuseIfClosed(benchmark) is { } closed)
        {
            return closed;
        }

        if (FormFields.FindUnknown(form, FormFields.OfUpload, FilePart, benchmark) is { Count: > 0 } unknown)
        {
            return Refusal.BadFields(unknown);
        }

        if (form.Files is not [var file])
        {
            return Refusal.BadFields(FileCount(form.Files.Count));
        }

        var requested = FindRequestedSplit(form["split"], file, benchmark);
        if (requested.Length > 0 && benchmark.FindSplit(requested) is null)
        {
            return Refusal.BadFields(UnknownSplit(requested, benchmark));
        }

        return CheckFile(file, requested, benchmark, cancellation);
    }

    /// <summary>Finds the split in the field <c>split</c>, or else in the name of the form part; empty if there is none.</summary>
    private static string FindRequestedSplit(string field, UploadedFile file, Benchmark benchmark) =>
        field.Length > 0 ? field
        : benchmark.FindSplit(file.Part) is not null ? file.Part
        : "";

    private Result<CheckedUpload> CheckFile(UploadedFile file, string requested, Benchmark benchmark, CancellationToken cancellation)
    {
        if (PredictionUpload.IsZip(file, benchmark))
        {
            return CheckForSplit(file, requested.Length > 0 ? requested : PredictionUpload.AnySplit, benchmark, null, cancellation);
        }

        if (requested.Length == 0)
        {
            return DetectSplit(file, benchmark, cancellation) is { } split
                ? CheckForSplit(file, split, benchmark, null, cancellation)
                : NoSplit(file, benchmark, PredictionUpload.DescribeForeign(file));
        }

        var result = CheckForSplit(file, requested, benchmark, null, cancellation);
        var mayBeOther = !result.TryGet(out _, out var refusal) && refusal.Problems is { } problems && MayBeForOtherSplit(problems);
        return mayBeOther && DetectSplit(file, benchmark, cancellation) is { } other && other != requested
            ? CheckOther(file, requested, other, benchmark, result, cancellation)
            : result;
    }

    /// <summary>Whether the problems suggest that the file is for another split.</summary>
    private static bool MayBeForOtherSplit(ProblemList problems) =>
        problems.Has(ProblemCode.WrongSplit) || problems.Has(ProblemCode.UnknownImage) || problems.Has(ProblemCode.MissingImage);

    /// <summary>
    /// Accepts the file for another split if it is valid for that one; otherwise reports the problems of the requested split.
    /// </summary>
    private Result<CheckedUpload> CheckOther(
        UploadedFile file,
        string requested,
        string other,
        Benchmark benchmark,
        Result<CheckedUpload> result,
        CancellationToken cancellation
    )
    {
        var message =
            $"these are the images of {benchmark.TitleOf(other)}, not those of {benchmark.TitleOf(requested)}; "
            + $"the file is kept for {other}";
        var wrongSplit = new Problem(requested, null, null, ProblemCode.WrongSplit, message);
        var asOther = CheckForSplit(file, other, benchmark, wrongSplit, cancellation);
        return asOther.TryGet(out _, out _) ? asOther : result;
    }

    private Result<CheckedUpload> CheckForSplit(
        UploadedFile file,
        string part,
        Benchmark benchmark,
        Problem? wrongSplit,
        CancellationToken cancellation
    ) =>
        intake
            .CheckFiles([file with { Part = part }], benchmark, cancellation)
            .Match<Result<CheckedUpload>>(files => new CheckedUpload(benchmark, GetLength(file), files, wrongSplit), refusal => refusal);

    private string? DetectSplit(UploadedFile file, Benchmark benchmark, CancellationToken cancellation)
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
            var budget = new UnpackBudget(settings.MaxUploadBytes, cancellation);
            using var text = PredictionUpload.OpenText(file, budget);
            return SplitDetector.Find(text, images, settings.MaxUploadBytes, budget);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or UnpackLimitException)
        {
            // The validation of the file reports what is wrong.
            return null;
        }
    }

    private static long GetLength(UploadedFile file)
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

    private static Refusal NoSplit(UploadedFile file, Benchmark benchmark, string? foreign)
    {
        var problems = new ProblemList();
        var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
        var unknown = $"the image ids of the file do not identify a split; add a field split, one of {names}, to see what is wrong with it";
        problems.Add(
            file.FileName.Length > 0 ? file.FileName.Shorten() : FilePart,
            null,
            null,
            foreign is null ? ProblemCode.WrongSplit : ProblemCode.BadEncoding,
            $"{foreign ?? unknown}"
        );
        return SubmissionIntake.BadFiles(problems);
    }
}
