using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Server.Scoring;
using Coos.Server.Scoring.Baselines;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>
/// Applies labels that an organiser uploads. A split whose labels come from a file in the benchmark's folder rejects
/// uploads, because two sources would overwrite each other at each start.
/// </summary>
internal sealed class LabelUpload(
    BenchmarkCatalog catalog,
    LabelStore labels,
    LabelImport import,
    Rescoring rescoring,
    BaselineImport baselines,
    IDbContextFactory<CoosDbContext> databases,
    AuditLog audit,
    CoosSettings settings
)
{
    /// <summary>Validates labels and, unless this is a preview, activates them and rescores the submissions.</summary>
    /// <param name="slug">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="content">The label file, which may be packed as gzip or zip.</param>
    /// <param name="isPreview">Whether to report the changes without making them.</param>
    /// <param name="cancellation">Cancels the work when the client disconnects.</param>
    public async Task<Result<LabelReplacement>> RunAsync(
        string slug,
        string split,
        Stream content,
        bool isPreview,
        CancellationToken cancellation
    )
    {
        var read = await CheckAsync(slug, split, content, cancellation);
        return read.TryGet(out var labels, out var refusal)
            ? isPreview
                ? labels.Change
                : await ApplyAsync(labels, cancellation)
            : refusal;
    }

    /// <summary>Validates labels and reports what they would change, without changing anything.</summary>
    public async Task<Result<CheckedLabels>> CheckAsync(string slug, string split, Stream content, CancellationToken cancellation)
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return catalog.Unknown(slug);
        }

        if (folder.Benchmark.FindSplit(split) is not { } known)
        {
            return Refusal.NotFound(
                $"{slug} has no split \"{split.Shorten()}\"; "
                    + $"its splits are {string.Join(", ", folder.Benchmark.Splits.Select(s => s.Name))}."
            );
        }

        var read = await ReadAsync(folder, known, content, cancellation);
        return read.TryGet(out var sent, out var refusal)
            ? new CheckedLabels(folder, known, sent, await DescribeAsync(folder.Benchmark, known, sent, cancellation))
            : refusal;
    }

    /// <summary>Activates labels that were previewed, unless other labels were activated since.</summary>
    public async Task<Result<LabelReplacement>> ConfirmAsync(CheckedLabels previewed, CancellationToken cancellation)
    {
        if (FindFileName(previewed.Folder, previewed.Split) is { } file)
        {
            return RefuseLabelsInFile(previewed.Split, file);
        }

        var change = await DescribeAsync(previewed.Folder.Benchmark, previewed.Split, previewed.Labels, cancellation);
        return change.PreviousHash == previewed.Change.PreviousHash
            ? await ApplyAsync(previewed with { Change = change }, cancellation)
            : new Refusal(
                RefusalKind.Conflict,
                "Other labels were applied in the meantime",
                "Nothing was stored. The preview is out of date; choose the file again."
            );
    }

    private async Task<LabelReplacement> ApplyAsync(CheckedLabels labels, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var (benchmark, change) = (labels.Folder.Benchmark, labels.Change);
        if (!change.Changes)
        {
            return change;
        }

        // Write the audit entry first: an unneeded entry is better than labels that were activated by an unknown account.
        await audit.WriteAsync(
            database,
            "labels.import",
            $"{benchmark.Slug}/{labels.Split.Name}",
            $"{change.PreviousHash ?? "none"} to {change.LabelsHash}, {change.Images} images",
            cancellation
        );
        await ApplyAsync(labels.Folder, labels.Split, labels.Labels);
        return change with { Stored = true };
    }

    /// <summary>
    /// Activates the labels. This cannot be cancelled: active labels without a rescoring would leave ranks that nobody can
    /// explain. If it fails halfway, the label watch continues it.
    /// </summary>
    private async Task ApplyAsync(BenchmarkFolder folder, Split split, SplitLabels sent)
    {
        using var change = labels.BeginChange(folder.Benchmark.Slug);
        try
        {
            await import.ImportAsync(folder.Benchmark, split.Name, sent, CancellationToken.None);
            await rescoring.RunAsync(folder.Benchmark, CancellationToken.None);

            // Baselines may have been waiting for these labels.
            await baselines.RunAsync(folder, CancellationToken.None);
        }
        catch
        {
            rescoring.MarkDue(folder.Benchmark.Slug);
            throw;
        }
    }

    private static Refusal RefuseLabelsInFile(Split split, string file) =>
        new(
            RefusalKind.Conflict,
            "The labels come from a file",
            $"Nothing was stored. The server reads the labels of {split.Name} from {file} in the benchmark's folder. "
                + "Change that file, or remove it and upload the labels again."
        );

    private async Task<Result<SplitLabels>> ReadAsync(BenchmarkFolder folder, Split split, Stream content, CancellationToken cancellation)
    {
        if (FindFileName(folder, split) is { } existing)
        {
            return RefuseLabelsInFile(split, existing);
        }

        // Packed as predictions may be: the same reader finds the file in a zip, and names files that are not text.
        var body = new MemoryStream();
        await content.CopyToAsync(body, cancellation);
        var file = new UploadedFile(split.Name, split.Name, () => new MemoryStream(body.GetBuffer(), 0, (int)body.Length, writable: false));
        var problems = new ProblemList();
        using var upload = PredictionUpload.OpenTable(file, folder.Benchmark, problems);
        if (problems.Count > 0 || upload.Sources is not [var source])
        {
            return RefuseProblems(problems);
        }

        var labels = PredictionFiles.Read(
            source,
            split.Name,
            (text, found) => LabelFile.Read(text, split.Name, folder.Benchmark.ClassNames, found),
            problems,
            new UnpackBudget(settings.MaxUploadBytes, cancellation)
        );
        if (labels is not null)
        {
            GroupColumnCheck.Report(folder.Benchmark, split, labels, split.Name, problems);
        }

        return labels switch
        {
            null => RefuseProblems(problems),
            _ when problems.Count > 0 => RefuseProblems(problems),
            _ when split.Images is { } expected && expected != labels.Images.Count => new Refusal(
                RefusalKind.Invalid,
                "The number of images differs from the manifest",
                $"Nothing was stored. The file has {labels.Images.Count:N0} images, but the manifest says {expected:N0}; "
                    + "complete the file or correct the manifest."
            ),
            _ => labels,
        };
    }

    private static Refusal RefuseProblems(ProblemList problems) =>
        new(
            RefusalKind.Invalid,
            "The labels have problems",
            $"Nothing was stored. {problems.Count:N0} problem{(problems.Count == 1 ? "" : "s")} in the file."
        )
        {
            Problems = problems,
        };

    /// <summary>Finds the name of the file that provides a split's labels; null for none.</summary>
    public static string? FindFileName(BenchmarkFolder folder, Split split)
    {
        try
        {
            return Path.GetFileName(LabelSource.Find(folder, split.Name)?.Path);
        }
        catch (LabelSourceException)
        {
            return "several files";
        }
    }

    private async Task<LabelReplacement> DescribeAsync(Benchmark benchmark, Split split, SplitLabels sent, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var previous = labels.TryGet(benchmark.Slug, split.Name, out var active) ? active.Labels : null;
        var isSame = previous is null || previous.Images.ContentHash.SequenceEqual(sent.Images.ContentHash);
        var affected =
            previous?.Hash == sent.Hash
                ? 0
                : await database.Submissions.CountAsync(
                    s => s.Benchmark == benchmark.Slug && s.Files.Any(f => f.Split == split.Name),
                    cancellation
                );
        return new LabelReplacement
        {
            Benchmark = benchmark.Slug,
            Split = split.Name,
            Images = sent.Images.Count,
            PreviousImages = previous?.Images.Count,
            LabelsHash = sent.Hash,
            PreviousHash = previous?.Hash,
            Changes = previous?.Hash != sent.Hash,
            SameImages = isSame,
            Relabelled = previous is not null && isSame ? previous.Classes.Zip(sent.Classes).Count(c => c.First != c.Second) : null,
            Submissions = affected,
            Classes =
            [
                .. benchmark.Classes.Select(c => new ClassCount(
                    c.Index,
                    c.Name,
                    Count(sent, c.Index),
                    previous is null ? null : Count(previous, c.Index)
                )),
            ],
        };
    }

    private static int Count(SplitLabels labels, int index) => labels.Classes.Count(c => c == index);
}

/// <summary>Valid labels, and what they would change.</summary>
/// <param name="Folder">The benchmark.</param>
/// <param name="Split">The split.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Change">What they would change.</param>
internal sealed record CheckedLabels(BenchmarkFolder Folder, Split Split, SplitLabels Labels, LabelReplacement Change);
