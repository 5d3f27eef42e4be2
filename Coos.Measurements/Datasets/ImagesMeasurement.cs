using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Hardness;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Datasets;

/// <summary><c>images</c>: measures what a page of images costs: drawing, reading and drawing, and counting votes.</summary>
internal static class ImagesMeasurement
{
    private const int ImagesPerPage = 60;
    private const int Entries = 1_000;
    private const int Families = 20;
    private const int CoosImages = 65_000;
    private const int Classes = 7;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var file = new Option<string?>("--file") { Description = "An HDF5 file or TIFF folder; by default simulated and written first" };
        var runs = new Option<int>("--runs") { Description = "The number of runs", DefaultValueFactory = _ => 10 };
        var command = new Command("images", "Draw images, read pages of 60 from a newly opened file, and count the votes of 1,000 entries")
        {
            file,
            runs,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file), parsed.GetValue(runs)));
        return command;
    }

    private static void Run(string? file, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("coos-images-");
        try
        {
            var path = file ?? Write(folder.FullName);
            MeasureDrawing(path, runs);
            Report(
                $"a page of {ImagesPerPage} images of a newly opened file, read and drawn",
                runs,
                run => DrawPage(ImageSet.Open(path), run)
            );
            Report(
                $"a page of {ImagesPerPage} simulated images, drawn",
                runs,
                run => DrawPage(SimulatedImageSet.Find("test4", SimulationParameters.DefaultSeed)!, run)
            );
            var (labels, votes) = SimulateVotes();
            Report($"votes of {Entries:N0} entries for {CoosImages:N0} images", runs, _ => ImageHardness.Count(labels, votes, Classes));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(string folder)
    {
        var path = Path.Combine(folder, "test4.hdf5");
        var parameters = new SimulationParameters();
        SimulatedFile.Write(new SimulatedSplit(parameters, parameters.Design.Splits.Count - 1, SimulationParameters.DefaultSeed), path);
        return path;
    }

    private static void MeasureDrawing(string path, int runs)
    {
        using var set = ImageSet.Open(path);
        var image = set.Read(0, 1);
        var windows = FindWindows(image);
        int[] channels = [.. Enumerable.Range(0, Math.Min(2, set.Shape.Channels))];
        Console.WriteLine($"{set.Source}: {set.Shape}, {set.Storage}");
        Report("an image, drawn", 100 * runs, _ => Tile.Draw(image, channels, windows, set.Shape.Width));
    }

    private static IntensityWindow[] FindWindows(ImageBlock image) =>
        [.. Enumerable.Range(0, image.Shape.Channels).Select(c => IntensityWindow.Of(image.Channel(0, c).ToArray()))];

    /// <summary>Draws images from all over the set, as a page of mistakes has them.</summary>
    private static void DrawPage(ImageSet set, int run)
    {
        using (set)
        {
            var random = new Random(run);
            int[] channels = [.. Enumerable.Range(0, Math.Min(2, set.Shape.Channels))];
            for (var i = 0; i < ImagesPerPage; i++)
            {
                var image = set.Read(random.Next(set.Shape.Count), 1);
                Tile.Draw(image, channels, FindWindows(image), set.Shape.Width);
            }
        }
    }

    private static (ushort[] Labels, EntryVote[] Votes) SimulateVotes()
    {
        var random = new Random(1);
        var labels = new ushort[CoosImages];
        Fill(labels);
        EntryVote[] votes =
        [
            .. Enumerable
                .Range(0, Entries)
                .Select(i =>
                {
                    var classes = new ushort[CoosImages];
                    Fill(classes);
                    return new EntryVote($"family {i % Families}", $"method {i / 3}", classes);
                }),
        ];
        return (labels, votes);

        void Fill(ushort[] classes)
        {
            for (var i = 0; i < classes.Length; i++)
            {
                classes[i] = (ushort)random.Next(Classes);
            }
        }
    }

    private static void Report(string what, int runs, Action<int> action)
    {
        action(-1);
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            action(run);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {new Timings(times)}"));
    }
}
