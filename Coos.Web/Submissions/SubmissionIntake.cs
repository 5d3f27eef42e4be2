using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Web.Accounts;
using Coos.Web.Benchmarks;
using Coos.Web.Configuration;

namespace Coos.Web.Submissions;

/// <summary>Checks everything about a submission before anything of it is stored.</summary>
internal sealed class SubmissionIntake(BenchmarkCatalog catalog, LabelStore labels, CoosSettings settings)
{
    /// <summary>Checks a form.</summary>
    /// <returns>Either a draft or a refusal.</returns>
    public (SubmissionDraft? Draft, Refusal? Refusal) Check(SubmissionForm form, Viewer viewer)
    {
        var fieldProblems = new List<FieldProblem>();
        var slug = form["benchmark"];
        if (slug.Length > 0 && !catalog.TryGet(slug, out _))
        {
            return (null, Refusal.UnknownBenchmark(slug, catalog));
        }

        if (!catalog.TryGet(slug, out var folder))
        {
            fieldProblems.Add(new FieldProblem("benchmark", "required", $"benchmark is empty; allowed: {string.Join(", ", catalog.All.Select(f => f.Benchmark.Slug))}"));
        }

        var fields = SubmissionFields.Read(form, viewer.SubmitterName, fieldProblems);
        if (folder is not null)
        {
            CheckParts(form, folder.Benchmark, fieldProblems);
        }

        return fieldProblems.Count > 0 ? (null, Refusal.BadFields(fieldProblems)) : CheckFiles(form.Files, folder!.Benchmark, fields, Submitter.Of(viewer, fields.Submitter));
    }

    /// <summary>Checks prediction files, of a form or of a baseline's folder.</summary>
    /// <returns>Either a draft or a refusal.</returns>
    public (SubmissionDraft? Draft, Refusal? Refusal) CheckFiles(IReadOnlyList<UploadedFile> uploaded, Benchmark benchmark, SubmissionFields fields, Submitter submitter)
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(uploaded, benchmark, problems);
        string[] unlabelled = [.. upload.Sources.Select(s => s.Split).Where(s => !labels.Has(benchmark.Slug, s))];
        if (unlabelled.Length > 0)
        {
            return (null, Refusal.NoLabels(benchmark.Slug, unlabelled));
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
            ? (null, Refusal.BadFiles(problems))
            : (new SubmissionDraft { Benchmark = benchmark, Fields = fields, Submitter = submitter, Files = files }, null);
    }

    private static void CheckParts(SubmissionForm form, Benchmark benchmark, List<FieldProblem> problems)
    {
        var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
        if (form.Files.Count == 0)
        {
            problems.Add(new FieldProblem(PredictionUpload.AnySplit, "no-file", $"there is no file; send one file part a split, named {names}, or a zip of <split>.csv files as part {PredictionUpload.AnySplit}"));
        }

        foreach (var file in form.Files.Where(f => f.Part != PredictionUpload.AnySplit && benchmark.FindSplit(f.Part) is null))
        {
            problems.Add(new FieldProblem(Shorten(file.Part), "unknown-split", $"{benchmark.Slug} has no split \"{Shorten(file.Part)}\"; its splits are {names}"));
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
            ? new PredictionTarget(split, own.Labels.Images, benchmark.ClassNames) { OtherSplits = others, MaximumBytes = settings.MaxUploadBytes }
            : throw new InvalidOperationException($"The labels of {benchmark.Slug}/{split} vanished.");
    }

    /// <summary>The text once more, packed for the database. A second pass, taken only by files that are in order.</summary>
    private static byte[] Pack(PredictionSource source)
    {
        using var text = source.OpenText();
        return OriginalText.Pack(text);
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
