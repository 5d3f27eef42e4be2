using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>Checks everything about a submission before anything of it is stored.</summary>
internal sealed class SubmissionIntake(BenchmarkCatalog catalog, LabelStore labels, CoosSettings settings)
{
    /// <summary>Checks a form.</summary>
    /// <returns>A draft, or why there is none.</returns>
    public Result<SubmissionDraft> Check(SubmissionRequest form, Viewer viewer)
    {
        var fieldProblems = new List<FieldProblem>();
        var slug = form["benchmark"];
        if (slug.Length > 0 && !catalog.TryGet(slug, out _))
        {
            return catalog.Unknown(slug);
        }

        if (!catalog.TryGet(slug, out var folder))
        {
            fieldProblems.Add(
                new FieldProblem(
                    "benchmark",
                    "required",
                    $"benchmark is empty; allowed: {string.Join(", ", catalog.All.Select(f => f.Benchmark.Slug))}"
                )
            );
        }

        var fields = SubmissionFields.Read(form, viewer.SubmitterName, fieldProblems);
        if (folder is not null)
        {
            CheckParts(form, folder.Benchmark, fieldProblems);
        }

        return fieldProblems.Count > 0
            ? Refusal.BadFields(fieldProblems)
            : CheckFiles(form.Files, folder!.Benchmark, fields, Submitter.Of(viewer, fields.Submitter));
    }

    /// <summary>Checks prediction files, of a form or of a baseline's folder.</summary>
    /// <returns>A draft, or why there is none.</returns>
    public Result<SubmissionDraft> CheckFiles(
        IReadOnlyList<UploadedFile> uploaded,
        Benchmark benchmark,
        SubmissionFields fields,
        Submitter submitter
    )
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(uploaded, benchmark, problems);
        string[] unlabelled = [.. upload.Sources.Select(s => s.Split).Where(s => !labels.Has(benchmark.Slug, s))];
        if (unlabelled.Length > 0)
        {
            return NoLabels(benchmark.Slug, unlabelled);
        }

        var files = new List<DraftFile>();
        foreach (var source in upload.Sources)
        {
            var target = Target(benchmark, source.Split);
            if (PredictionFiles.Read(source, target, problems) is { } predictions && problems.Count == 0)
            {
                files.Add(new DraftFile(predictions, target.Images.ContentHash.ToArray(), Pack(source)));
            }
        }

        return problems.Count > 0
            ? BadFiles(problems)
            : new SubmissionDraft
            {
                Benchmark = benchmark,
                Fields = fields,
                Submitter = submitter,
                Files = files,
            };
    }

    private static void CheckParts(SubmissionRequest form, Benchmark benchmark, List<FieldProblem> problems)
    {
        var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
        if (form.Files.Count == 0)
        {
            problems.Add(
                new FieldProblem(
                    PredictionUpload.AnySplit,
                    "no-file",
                    $"there is no file; send one file part a split, named {names}, or a zip of <split>.csv files as part {PredictionUpload.AnySplit}"
                )
            );
        }

        foreach (var file in form.Files.Where(f => f.Part != PredictionUpload.AnySplit && benchmark.FindSplit(f.Part) is null))
        {
            problems.Add(
                new FieldProblem(
                    file.Part.Shorten(),
                    "unknown-split",
                    $"{benchmark.Slug} has no split \"{file.Part.Shorten()}\"; its splits are {names}"
                )
            );
        }
    }

    private PredictionTarget Target(Benchmark benchmark, string split)
    {
        var others = new Dictionary<string, ImageIndex>();
        foreach (var other in benchmark.Splits.Where(s => s.Name != split))
        {
            if (labels.TryGet(benchmark.Slug, other.Name, out var active))
            {
                others[other.Name] = active.Labels.Images;
            }
        }

        return labels.TryGet(benchmark.Slug, split, out var own)
            ? new PredictionTarget(split, own.Labels.Images, benchmark.ClassNames)
            {
                OtherSplits = others,
                MaximumBytes = settings.MaxUploadBytes,
            }
            : throw new InvalidOperationException($"The labels of {benchmark.Slug}/{split} vanished.");
    }

    /// <summary>The text once more, packed for the database. A second pass, taken only by files that are in order.</summary>
    private static byte[] Pack(PredictionSource source)
    {
        using var text = source.OpenText();
        return OriginalText.Pack(text);
    }

    private static Refusal BadFiles(ProblemList problems)
    {
        var kinds = string.Join(", ", problems.CountsByCode().Select(c => $"{c.Key} ({c.Value:N0})"));
        var shown = problems.Count > problems.Items.Count ? $" The first {problems.Items.Count} are listed." : "";
        var detail = $"Nothing was stored. {problems.Count:N0} problem{(problems.Count == 1 ? "" : "s")}: {kinds}.{shown}";
        return new Refusal(RefusalKind.Invalid, "The predictions have problems", detail) { Problems = problems };
    }

    private static Refusal NoLabels(string benchmark, IEnumerable<string> splits) =>
        new(
            RefusalKind.Conflict,
            "Labels not imported",
            $"Nothing was stored. The server does not know the labels of {string.Join(", ", splits)} of {benchmark}, so it cannot score them. "
                + "Its organiser imports them by putting labels/<split>.csv (columns image_id,label) into the folder of the benchmark; they are read within seconds; see docs/formats.md."
        );
}
