using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Coos.Evaluator;
using Coos.Measurements.Server;
using Coos.Measurements.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Arrays;

/// <summary>
/// <c>many-classes</c>: scores a benchmark of RxRx1's size in this process, then on a server: from sending the files to the answer with
/// the scores.
/// </summary>
internal static class ManyClassMeasurement
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var images = new Option<int[]>("--images")
        {
            Description = "The numbers of images of the test sets; by default RxRx1's",
            DefaultValueFactory = _ => [34_432, 40_612],
            AllowMultipleArgumentsPerToken = true,
        };
        var classes = new Option<int>("--classes") { Description = "The number of classes", DefaultValueFactory = _ => 1_139 };
        var runs = new Option<int>("--runs") { Description = "How often each is measured", DefaultValueFactory = _ => 5 };
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll; empty to leave the server out",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var command = new Command("many-classes", "Score a benchmark of RxRx1's size, in this process and on a server")
        {
            images,
            classes,
            runs,
            web,
        };
        command.SetAction(
            (result, _) => RunAsync(result.GetValue(images)!, result.GetValue(classes), result.GetValue(runs), result.GetValue(web)!)
        );
        return command;
    }

    private static async Task<int> RunAsync(int[] images, int classes, int runs, string web)
    {
        using var folder = new ManyClassFolder(classes, images);
        var benchmark = BenchmarkFolder.Read(folder.Path);
        var reader = new PredictionFolders(benchmark);
        MeasureScoring(benchmark.Benchmark, reader, images, runs);
        if (web.Length > 0)
        {
            await MeasureServerAsync(folder, images, classes, runs, web);
        }

        return 0;
    }

    private static void MeasureScoring(Benchmark benchmark, PredictionFolders folders, int[] images, int runs)
    {
        var sets = images
            .Select(
                (count, i) => (Labels: folders.ReadLabels(ManyClassFolder.SplitName(i)), Predictions: Predict(count, i, benchmark, folders))
            )
            .ToArray();
        SplitScorer CreateScorer(int i) => new(sets[i].Labels, benchmark.Classes, benchmark.Cluster, ScorePlan.Of(benchmark));
        Time("labels only, first entry", runs, () => Score(CreateScorer));
        SplitScorer[] kept = [.. sets.Select((_, i) => CreateScorer(i))];
        Time("labels only, each further entry", runs, () => Score(i => kept[i]));

        void Score(Func<int, SplitScorer> scorer)
        {
            for (var i = 0; i < sets.Length; i++)
            {
                scorer(i).Evaluate(sets[i].Predictions);
            }
        }
    }

    private static PredictionSet Predict(int images, int index, Benchmark benchmark, PredictionFolders folders)
    {
        var split = ManyClassFolder.SplitName(index);
        var (labels, problems) = (folders.ReadLabels(split), new ProblemList());
        using var content = new MemoryStream(ManyClassFolder.WritePredictions(images, benchmark.Classes.Count));
        return PredictionReader.Read(content, new PredictionTarget(split, labels.Images, benchmark.ClassNames), problems)
            ?? throw new InvalidDataException(problems.Items[0].ToString());
    }

    private static async Task MeasureServerAsync(ManyClassFolder folder, int[] images, int classes, int runs, string web)
    {
        ArchiveFile[] archives = [.. images.Select((count, i) => ArchiveFile.Write(Path.GetTempPath(), i, count, classes))];
        try
        {
            var options = new ServerOptions(web, folder.Path)
            {
                Settings = new Dictionary<string, string>
                {
                    ["Coos__Upload__MaxBytes"] = $"{archives.Sum(a => new FileInfo(a.Path).Length) + (1 << 20)}",
                },
            };
            using var server = await ServerUnderTest.StartAsync(options);
            for (var run = 0; run < runs; run++)
            {
                await SendAsync(
                    server,
                    $"labels {run}",
                    images.Select(
                        (count, i) =>
                            (
                                ManyClassFolder.SplitName(i) + ".csv",
                                (Stream)new MemoryStream(ManyClassFolder.WritePredictions(count, classes))
                            )
                    )
                );
                await SendAsync(
                    server,
                    $"arrays {run}",
                    archives.Select((a, i) => (ManyClassFolder.SplitName(i) + ".npz", (Stream)File.OpenRead(a.Path)))
                );
            }
        }
        finally
        {
            foreach (var archive in archives)
            {
                File.Delete(archive.Path);
            }
        }
    }

    private static async Task SendAsync(ServerUnderTest server, string method, IEnumerable<(string Name, Stream Content)> files)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(ManyClassFolder.Slug), "benchmark" },
            { new StringContent(method), "method" },
            { new StringContent($"Sender of {method}"), "submitter" },
        };
        foreach (var (name, content) in files)
        {
            form.Add(new StreamContent(content), Path.GetFileNameWithoutExtension(name), name);
        }

        server.ResetPeak();
        var (before, start) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        using var response = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), form);
        var text = await response.Content.ReadAsStringAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var answer = JsonNode.Parse(text);
        var status = answer?["detail"] ?? answer?["status"];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{method}: {(int)response.StatusCode} {status}, {seconds:0.00} s, "
                    + $"{(server.ProcessorTime - before).TotalSeconds:0.00} s of the processor, "
                    + $"peak {server.PeakWorkingSet / Mebibyte:0} MiB, answer of {text.Length / 1024:N0} KB"
            )
        );
    }

    private static void Time(string name, int runs, Action work)
    {
        work();
        var times = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Console.WriteLine($"{name}: {new Timings(times)}");
    }
}
