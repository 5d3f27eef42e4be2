using Coos.Cli.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Simulator.Parameters;
using BenchmarkFolder = Coos.Shared.Benchmarks.BenchmarkFolder;

namespace Coos.Cli.Baseline;

/// <summary>
/// Computes the texture baselines of a benchmark in a working folder, scores them, and moves them to baselines/ when all are
/// done, so that an interruption leaves the previous baselines in place. The forest is trained with three seeds, because three
/// runs make a method.
/// </summary>
internal sealed class BundleRun(string benchmark, string data, bool search, ulong seed, string command, TextWriter output)
{
    /// <summary>The further runs of the forest; the other classifiers do not depend on the seed.</summary>
    private const int FurtherForests = 2;

    private readonly string _baselines = Path.Combine(benchmark, BaselineFolder.ParentName);

    /// <summary>The working folder. Its name starts with a dot, so it is not read as a baseline.</summary>
    private string Work => Path.Combine(_baselines, ".work");

    /// <summary>Computes the baselines.</summary>
    /// <param name="simulate">Whether to simulate the images first.</param>
    /// <param name="check">Whether to compare with the existing baselines instead of replacing them.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="DatasetException">A folder cannot be read or written, or a checked baseline differs.</exception>
    public void Run(bool simulate, bool check, CancellationToken cancellation)
    {
        try
        {
            var folder = BenchmarkFolder.Read(benchmark);
            if (simulate)
            {
                SimulateCommand.Simulate(data, SimulationParameters.DefaultSeed, 1, null, cancellation);
            }

            var scores = new BundleScores(folder, data, output);
            scores.RequireSameLabels();
            using var outputLock = OutputLock.Acquire(_baselines);
            string[] names =
            [
                .. ClassifierSettings.Names.Select(classifier =>
                    Compute(folder.Benchmark, $"texture-{classifier}", classifier, seed, scores, cancellation)
                ),
                .. Enumerable
                    .Range(1, FurtherForests)
                    .Select(further => seed + (ulong)further)
                    .Select(own => Compute(folder.Benchmark, $"texture-rf-seed{own}", "rf", own, scores, cancellation)),
            ];
            var differences = names.Sum(name => check ? Compare(name) : Replace(name));
            Directory.Delete(Work, recursive: true);
            if (differences > 0)
            {
                throw new DatasetException(
                    _baselines,
                    null,
                    null,
                    $"{differences} of the files above cannot be reproduced with these images and this program"
                );
            }
        }
        catch (BenchmarkException fault)
        {
            throw new DatasetException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(_baselines, null, null, fault.Message, fault);
        }
    }

    private string Compute(
        Benchmark manifest,
        string name,
        string classifier,
        ulong run,
        BundleScores scores,
        CancellationToken cancellation
    )
    {
        var folder = Path.Combine(Work, name);
        var settings = new ClassifierSettings(classifier, search && classifier == "rf", run);
        new TextureRun(
            new TextureRequest(data, folder, settings)
            {
                Cache = Path.Combine(Work, ".features"),
                Command = command,
                Splits = [.. manifest.TestSplits.Select(s => s.Name)],
                Classes = manifest.Classes.Count,
                Ending = ".csv.gz",
            },
            output
        ).Run(cancellation);
        scores.Print(folder);
        return name;
    }

    /// <summary>Replaces a baseline.</summary>
    private int Replace(string name)
    {
        var (old, target) = (Path.Combine(Work, name + ".old"), Path.Combine(_baselines, name));
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }

        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(Path.Combine(Work, name), target);
        output.WriteLine($"{target}: written");
        return 0;
    }

    /// <summary>Compares the prediction files of a baseline. run.json is not compared, because it contains durations.</summary>
    /// <returns>The number of files that are missing or differ.</returns>
    private int Compare(string name)
    {
        var differences = 0;
        foreach (var computed in Directory.EnumerateFiles(Path.Combine(Work, name), "*.csv.gz").Order(StringComparer.Ordinal))
        {
            var existing = Path.Combine(_baselines, name, Path.GetFileName(computed));
            var result =
                !File.Exists(existing) ? "missing"
                : File.ReadAllBytes(existing).AsSpan().SequenceEqual(File.ReadAllBytes(computed)) ? "the same"
                : "different";
            differences += result == "the same" ? 0 : 1;
            output.WriteLine($"{existing}: {result}");
        }

        return differences;
    }
}
