using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>Validates a submission completely before anything is stored.</summary>
internal sealed class SubmissionIntake(BenchmarkCatalog catalog, LabelStore labels, ReceivedPredictions received, CoosSettings settings)
{
    /// <summary>Validates a submission form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="uploads">The uploads that the form refers to, without those that the viewer may not use.</param>
    /// <param name="viewer">The viewer who submits.</param>
    /// <param name="cancellation">Ends the work when the client disconnects.</param>
    /// <returns>A draft, or the refusal.</returns>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public Result<SubmissionDraft> Check(
        SubmissionRequest form,
        IReadOnlyList<Upload> uploads,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var fieldProblems = new List<FieldProblem>();
        var slug = form["benchmark"];
        if (slug.Length > 0 && !catalog.TryGet(slug, out _))
        {
            return catalog.Unknown(slug);
        }

        if (!catalog.TryGet(slug, out var folder))
        {
            fieldProblems.Add(catalog.BenchmarkRequired());
        }

        if (folder is not null && BenchmarkCatalog.RefuseIfClosed(folder.Benchmark) is { } closed)
        {
            return closed;
        }

        form = folder is null ? form : SplitNames.Match(form, folder.Benchmark);
        fieldProblems.AddRange(FormFields.FindUnknown(form, FormFields.OfSubmission, PredictionUpload.AnySplit, folder?.Benchmark));
        var fields = SubmissionFields.Read(form, viewer.SubmitterName, fieldProblems);
        if (folder is not null)
        {
            CheckParts(form, folder.Benchmark, fieldProblems);
            CheckUploads(form, uploads, folder.Benchmark, fieldProblems);
        }

        return fieldProblems.Count > 0
            ? Refusal.BadFields(fieldProblems)
            : CheckFiles(form.Files, uploads, folder!.Benchmark, fields, Submitter.Of(viewer, fields.Submitter), cancellation);
    }

    /// <summary>Validates the prediction files of a baseline's folder.</summary>
    /// <returns>A draft, or the refusal.</returns>
    public Result<SubmissionDraft> CheckFiles(
        IReadOnlyList<UploadedFile> uploaded,
        Benchmark benchmark,
        SubmissionFields fields,
        Submitter submitter
    ) => CheckFiles(uploaded, [], benchmark, fields, submitter, CancellationToken.None);

    private Result<SubmissionDraft> CheckFiles(
        IReadOnlyList<UploadedFile> uploaded,
        IReadOnlyList<Upload> uploads,
        Benchmark benchmark,
        SubmissionFields fields,
        Submitter submitter,
        CancellationToken cancellation
    )
    {
        if (!CheckFiles(uploaded, benchmark, cancellation).TryGet(out var read, out var refusal))
        {
            return refusal;
        }

        DraftFile[] files = [.. read, .. uploads.SelectMany(u => u.Splits).Select(s => ToDraft(s, benchmark))];
        return files.GroupBy(f => f.Split).FirstOrDefault(g => g.Count() > 1) is { } duplicate
            ? Refusal.BadFields(TwoFiles(duplicate.Key))
            : new SubmissionDraft
            {
                Benchmark = benchmark,
                Fields = fields,
                Submitter = submitter,
                Files = [.. benchmark.Splits.SelectMany(s => files.Where(f => f.Split == s.Name))],
                Uploads = [.. uploads.Select(u => u.Id)],
            };
    }

    /// <summary>Validates prediction files.</summary>
    /// <returns>The predictions by split, or the refusal.</returns>
    public Result<List<DraftFile>> CheckFiles(IReadOnlyList<UploadedFile> uploaded, Benchmark benchmark, CancellationToken cancellation) =>
        CheckFiles(uploaded, benchmark, settings.MaxUploadBytes, cancellation);

    /// <summary>Validates prediction files of up to a number of bytes.</summary>
    /// <returns>The predictions by split, or the refusal.</returns>
    public Result<List<DraftFile>> CheckFiles(
        IReadOnlyList<UploadedFile> uploaded,
        Benchmark benchmark,
        long maximumBytes,
        CancellationToken cancellation
    )
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(uploaded, benchmark, problems);
        string[] unlabelled = [.. upload.Sources.Select(s => s.Split).Where(s => !labels.Has(benchmark.Slug, s))];
        if (unlabelled.Length > 0)
        {
            return NoLabels(benchmark.Slug, unlabelled);
        }

        var budget = new UnpackBudget(maximumBytes, cancellation);
        var files = new List<DraftFile>();
        foreach (var source in upload.Sources)
        {
            var target = CreateTarget(benchmark, source.Split, maximumBytes);
            var predictions = PredictionFiles.Read(source, target, problems, budget);
            if (predictions is not null)
            {
                RequiredProbabilities.Check(benchmark, source.Split, predictions.Probabilities is not null, target.File, problems);
            }

            if (predictions is not null && problems.Count == 0)
            {
                received.Keep(predictions);
                files.Add(DraftFile.From(predictions, target.Images.ContentHash.ToArray(), Pack(source)));
            }
        }

        return problems.Count > 0 ? BadFiles(problems) : files;
    }

    private void CheckUploads(SubmissionRequest form, IReadOnlyList<Upload> uploads, Benchmark benchmark, List<FieldProblem> problems)
    {
        foreach (var id in form.Uploads)
        {
            var upload = uploads.FirstOrDefault(u => Guid.TryParse(id, out var parsed) && u.Id == parsed);
            if (upload is null)
            {
                problems.Add(
                    UploadProblem("unknown-upload", $"there is no upload {id.Shorten()}, or it has expired; upload the file again")
                );
            }
            else if (upload.Benchmark != benchmark.Slug)
            {
                problems.Add(
                    UploadProblem(
                        "other-benchmark",
                        $"upload {upload.Id} was checked for {upload.Benchmark}; upload the file for {benchmark.Slug}"
                    )
                );
            }
            else if (upload.Splits.FirstOrDefault(s => !HasSameImages(benchmark, s)) is { } changed)
            {
                problems.Add(
                    UploadProblem(
                        "images-changed",
                        $"the images of {changed.Split} have changed since upload {upload.Id}; upload the file again"
                    )
                );
            }
        }
    }

    private bool HasSameImages(Benchmark benchmark, UploadedSplit file) =>
        labels.TryGet(benchmark.Slug, file.Split, out var active) && active.Labels.Images.ContentHash.SequenceEqual(file.ImagesHash);

    private static FieldProblem UploadProblem(string code, string message) => new(SubmissionRequest.UploadField, code, message);

    private static FieldProblem TwoFiles(string split) =>
        new(SubmissionRequest.UploadField, "two-files", $"there are two files for {split}; send one");

    private DraftFile ToDraft(UploadedSplit file, Benchmark benchmark) =>
        new(file.Split, file.Classes, file.ImagesHash, file.Hash, file.HasProbabilities, file.Original)
        {
            Warnings = UploadWarnings.Read(file, benchmark, labels),
        };

    private static void CheckParts(SubmissionRequest form, Benchmark benchmark, List<FieldProblem> problems)
    {
        var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
        if (form.Files.Count == 0 && form.Uploads.Count == 0 && form.Model is null)
        {
            problems.Add(
                new FieldProblem(
                    PredictionUpload.AnySplit,
                    "no-file",
                    $"no file was sent; send one file part per split, named {names}, "
                        + $"or a zip of <split>.csv files as part {PredictionUpload.AnySplit}, "
                        + $"or an ONNX model as part {SubmissionRequest.ModelPart}"
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

    private PredictionTarget CreateTarget(Benchmark benchmark, string split, long maximumBytes)
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
            ? new PredictionTarget(split, own.Labels.Images, benchmark.ClassNames) { OtherSplits = others, MaximumBytes = maximumBytes }
            : throw new InvalidOperationException($"The labels of {benchmark.Slug}/{split} are no longer loaded.");
    }

    /// <summary>Compresses the text for the database. This second pass runs only for valid files.</summary>
    private static byte[] Pack(PredictionSource source)
    {
        using var text = source.OpenText(null);
        return OriginalText.Pack(text);
    }

    /// <summary>Rejects files that have problems.</summary>
    public static Refusal BadFiles(ProblemList problems)
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
            $"Nothing was stored. The server does not have the labels of {string.Join(", ", splits)} of {benchmark}, "
                + "so it cannot score them. The organiser can import them by putting labels/<split>.csv (columns image_id,label) "
                + "into the benchmark folder; the server reads them within seconds. See docs/formats.md."
        );
}
