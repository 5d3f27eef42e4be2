using Coos.Cli.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Simulator.Parameters;
using BenchmarkFolder = Coos.Shared.Benchmarks.BenchmarkFolder;

namespace Coos.Cli.Baseline;

/// <summary>
/// Runs the texture baselines of a benchmark in a folder beside their place, scores them, and puts them there when all is
/// done: an interruption leaves those that were there before.
/// </summary>
internal sealed class BundleRun(string benchmark, string data, bool search, ulong seed, string command, TextWriter output)
{
    private readonly string _place = Path.Combine(benchmark, BaselineFolder.ParentName);

    /// <summary>Starts with a dot, so that nobody takes it for a baseline.</summary>
    private string Work => Path.Combine(_place, ".work");

    /// <summary>Makes the baselines.</summary>
    /// <param name="simulate">Whether to draw the images first.</param>
    /// <param name="check">Whether to compare instead of replacing.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="DatasetException">Something is wrong with a folder, or a baseline differs from the one that is checked.</exception>
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
            using var own = OutputLock.Acquire(_place);
            string[] names = [.. ClassifierSettings.Names.Select(classifier => Make(folder.Benchmark, classifier, scores, cancellation))];
            var differences = names.Sum(name => check ? Compare(name) : Place(name));
            Directory.Delete(Work, recursive: true);
            if (differences > 0)
            {
                throw new DatasetException(_place, null, null, $"{differences} of the files above cannot be made again with these images and this program");
            }
        }
        catch (BenchmarkException fault)
        {
            throw new DatasetException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(_place, null, null, fault.Message, fault);
        }
    }

    private string Make(Benchmark manifest, string classifier, BundleScores scores, CancellationToken cancellation)
    {
        var name = $"texture-{classifier}";
        var folder = Path.Combine(Work, name);
        var settings = new ClassifierSettings(classifier, search && classifier == "rf", seed);
        new TextureRun(
            new TextureRequest(data, folder, settings)
            {
                Cache = Path.Combine(Work, ".features"),
                Command = command,
                Splits = [.. manifest.TestSplits.Select(s => s.Name)],
                Classes = manifest.Classes.Count,
                Ending = ".csv.gz",
            },
            output).Run(cancellation);
        scores.Print(folder);
        return name;
    }

    /// <summary>Replaces a baseline.</summary>
    private int Place(string name)
    {
        var (old, place) = (Path.Combine(Work, name + ".old"), Path.Combine(_place, name));
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }

        if (Directory.Exists(place))
        {
            Directory.Move(place, old);
        }

        Directory.Move(Path.Combine(Work, name), place);
        output.WriteLine($"{place}: written");
        return 0;
    }

    /// <summary>Compares the prediction files of a baseline; run.json has durations, which differ.</summary>
    /// <returns>The number of files that are missing or differ.</returns>
    private int Compare(string name)
    {
        var differences = 0;
        foreach (var made in Directory.EnumerateFiles(Path.Combine(Work, name), "*.csv.gz").Order(StringComparer.Ordinal))
        {
            var kept = Path.Combine(_place, name, Path.GetFileName(made));
            var result = !File.Exists(kept) ? "missing" : File.ReadAllBytes(kept).AsSpan().SequenceEqual(File.ReadAllBytes(made)) ? "the same" : "different";
            differences += result == "the same" ? 0 : 1;
            output.WriteLine($"{kept}: {result}");
        }

        return differences;
    }
}
