using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Arrays;

/// <summary>
/// <c>arrays</c>: reads NumPy archives of the size of RxRx1's probabilities, and compares the time with that of numpy.load for the same
/// files. Our reading includes what numpy.load does not do: ids are matched, each number and each sum is checked, and what was read is
/// hashed.
/// </summary>
internal static class ArraysMeasurement
{
    /// <summary>The images of RxRx1's test splits.</summary>
    private static readonly int[] Images = [34_432, 40_612];

    /// <summary>RxRx1's classes.</summary>
    private const int RealClasses = 1_139;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--out")
        {
            Description = "Where the archives are written",
            DefaultValueFactory = _ => Path.GetTempPath(),
        };
        var classes = new Option<int>("--classes")
        {
            Description = "The number of classes; with fewer than 1,139, there are as many more images",
            DefaultValueFactory = _ => RealClasses,
        };
        var runs = new Option<int>("--runs") { Description = "How often each is read", DefaultValueFactory = _ => 5 };
        var python = new Option<string>("--python") { Description = "A Python with NumPy", DefaultValueFactory = _ => "python3" };
        var command = new Command("arrays", "NumPy archives of RxRx1's size, beside numpy.load") { folder, classes, runs, python };
        command.SetAction(result =>
            Run(result.GetValue(folder)!, result.GetValue(classes), result.GetValue(runs), result.GetValue(python)!)
        );
        return command;
    }

    private static int Run(string folder, int classes, int runs, string python)
    {
        ArchiveFile[] files = [.. Images.Select((n, i) => ArchiveFile.Write(folder, i, (int)((long)n * RealClasses / classes), classes))];
        var bytes = files.Sum(f => new FileInfo(f.Path).Length);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Length} archives, {files.Sum(f => f.Images):N0} images x {classes:N0} classes of float32, {bytes / 1e6:0} MB"
            )
        );
        foreach (var kept in files)
        {
            ReadAll([kept]); // Once before the clock runs, to compile and to have the files in memory.
        }

        Console.WriteLine($"each read once: {PeakMemory.Describe()}");
        var ours = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            GC.Collect(); // numpy frees the arrays of a run before the next one, too.
            var start = Stopwatch.GetTimestamp();
            ReadAll(files);
            ours[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var timings = new Timings(ours);
        Console.WriteLine($"read, checked and hashed: {timings}");
        if (NumpyLoad.Measure(python, [.. files.Select(f => f.Path)], runs) is { } numpy)
        {
            Console.WriteLine($"numpy.load of all arrays: {numpy}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of the medians: {timings.Median / numpy.Median:0.00}"));
        }
        else
        {
            Console.WriteLine($"{python} has no NumPy; there is nothing to compare with");
        }

        foreach (var file in files)
        {
            File.Delete(file.Path);
        }

        return 0;
    }

    private static void ReadAll(IEnumerable<ArchiveFile> files)
    {
        foreach (var file in files)
        {
            var problems = new ProblemList();
            using var content = File.OpenRead(file.Path);
            if (PredictionReader.Read(content, file.Target, problems) is null)
            {
                throw new InvalidDataException(problems.Items[0].ToString());
            }
        }
    }
}
