using System.CommandLine;
using System.Globalization;
using Coos.Cli.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary><c>coos benchmark labels wilds</c>: writes label files from the metadata of a dataset of WILDS.</summary>
internal static class WildsLabelsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var metadata = new Option<string>("--metadata")
        {
            Description = "The dataset's metadata.csv; of FMoW its rgb_metadata.csv",
            HelpName = "FILE",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The folder of the benchmark; receives labels/SPLIT.csv",
            HelpName = "FOLDER",
            Required = true,
        };
        var dataset = new Option<string?>("--dataset")
        {
            Description = $"The dataset, if its columns do not tell it: {string.Join(", ", WildsDataset.All.Select(d => d.Name))}",
            HelpName = "NAME",
        };
        dataset.AcceptOnlyFromAmong([.. WildsDataset.All.Select(d => d.Name)]);
        var countries = new Option<string?>("--countries")
        {
            Description = $"The regions of countries, for FMoW; {FmowRegions.FileName} beside the metadata by default",
            HelpName = "CSV",
        };
        var force = new Option<bool>("--force") { Description = "Replace label files that exist" };
        return new Command("wilds", "Write the labels of Camelyon17, RxRx1, iWildCam or FMoW from their metadata")
        {
            metadata,
            output,
            dataset,
            countries,
            force,
        }.Runs(
            (parsed, cancellation) =>
                Write(
                    parsed.GetRequiredValue(metadata),
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(dataset),
                    parsed.GetValue(countries),
                    parsed.GetValue(force),
                    parsed.InvocationConfiguration.Output,
                    cancellation
                )
        );
    }

    private static void Write(
        string metadata,
        string output,
        string? name,
        string? countries,
        bool isForced,
        TextWriter report,
        CancellationToken cancellation
    )
    {
        using var reader = WildsMetadata.Open(metadata);
        var dataset = WildsDataset.Find(name, reader);
        var rows = dataset.Open(reader, countries);
        var labels = Path.Combine(output, "labels");
        CheckEmpty(labels, isForced);

        using var outputLock = OutputLock.Acquire(output, "labels");
        using var files = new WildsLabelFiles(labels, dataset);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(reader.Row, rows.Read());
        }

        files.Complete(metadata);
        Report(files, dataset, output, report);
    }

    private static void CheckEmpty(string labels, bool isForced)
    {
        if (!isForced && Directory.Exists(labels) && Directory.EnumerateFiles(labels).Select(Path.GetFileName).FirstOrDefault() is { } file)
        {
            throw new DatasetException(
                labels,
                null,
                null,
                $"the folder is not empty, it has {file}; write to another folder, or replace label files with --force"
            );
        }
    }

    private static void Report(WildsLabelFiles files, WildsDataset dataset, string output, TextWriter report)
    {
        foreach (var (path, images) in files.Written)
        {
            report.WriteLine($"{path}: {Count(images)} images, columns {string.Join(", ", dataset.Columns)}");
        }

        foreach (var (split, images) in files.Others)
        {
            report.WriteLine(
                split.Length == 0
                    ? $"Not written: {Count(images)} images that are in no split of WILDS ({dataset.Unused})"
                    : $"Not written: {Count(images)} images of {split}, a split that {dataset.Slug} does not have"
            );
        }

        report.WriteLine("Image ids are the numbers of the rows from 0, so predictions of the WILDS package are in their order.");
        if (!File.Exists(Path.Combine(output, BenchmarkFolder.ManifestName)))
        {
            report.WriteLine($"{output} has no {BenchmarkFolder.ManifestName}; copy that of {dataset.Slug} into it.");
        }
    }

    private static string Count(int images) => images.ToString("N0", CultureInfo.InvariantCulture);
}
