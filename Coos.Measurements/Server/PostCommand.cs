using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Coos.Measurements.Server;

/// <summary><c>post</c>: times a POST of four files of COOS-7's test sizes until the response with the scores.</summary>
internal static class PostCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var runs = new Option<int>("--runs") { Description = "The number of submissions to measure", DefaultValueFactory = _ => 50 };
        var command = new Command(
            "post",
            "Time from sending four COOS-size prediction files to a running server until its response with the scores"
        )
        {
            web,
            runs,
        };
        var probabilities = new Option<bool>("--probabilities") { Description = "Also send the probability of each class" };
        command.Add(probabilities);
        command.SetAction((result, _) => RunAsync(result.GetValue(web)!, result.GetValue(runs), result.GetValue(probabilities)));
        return command;
    }

    private static async Task<int> RunAsync(string web, int runs, bool probabilities)
    {
        const int WarmUp = 10;
        using var benchmark = new ServerBenchmark(("test1", 10_364), ("test2", 17_021), ("test3", 32_596), ("test4", 30_772));
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var times = new List<double>();
        for (var run = 0; run < WarmUp + runs; run++)
        {
            using var form = benchmark.CreateSubmission($"run {run.ToString(CultureInfo.InvariantCulture)}", probabilities);
            var start = Stopwatch.GetTimestamp();
            using var response = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), form);
            if (response.StatusCode != HttpStatusCode.Created)
            {
                var text = await response.Content.ReadAsStringAsync();
                Console.Error.WriteLine($"the server responded with {(int)response.StatusCode}: {text}");
                return 1;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var timings = new Timings(times.Skip(WarmUp));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the first submission after the start: {times[0]:0} ms"));
        Console.WriteLine(timings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"post: {timings.Median:0.0} ms"));
        return 0;
    }
}
