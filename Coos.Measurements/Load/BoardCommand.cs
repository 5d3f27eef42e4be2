using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary><c>board</c>: times a leaderboard of many submissions with requests that cannot be answered from a cache.</summary>
internal static class BoardCommand
{
    private const double MaxMilliseconds = 50;
    private const int PageSize = 50;
    private static readonly (string Name, int Images)[] Splits = [("test1", 60), ("test2", 60), ("test3", 60), ("test4", 60)];
    private static readonly string[] Columns = ["rank", "method", "createdAt", "test1", "test2", "test3", "test4"];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var submissions = new Option<int>("--submissions")
        {
            Description = "The number of submissions on the board; 500 is a short check",
            DefaultValueFactory = _ => 10_000,
        };
        var requests = new Option<int>("--requests")
        {
            Description = "The number of requests to measure, each for the page and the API",
            DefaultValueFactory = _ => 300,
        };
        var command = new Command(
            "board",
            "Time a leaderboard's page and API with many submissions; each request has a different sort or page, so that none is cached"
        )
        {
            web,
            submissions,
            requests,
        };
        command.SetAction(
            (result, cancellation) => RunAsync(result.GetValue(web)!, result.GetValue(submissions), result.GetValue(requests), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, int submissions, int requests, CancellationToken cancellation)
    {
        using var benchmark = new ServerBenchmark(Splits);
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var start = Stopwatch.GetTimestamp();
        await FillAsync(server.Client, submissions, cancellation);
        var filled = Stopwatch.GetElapsedTime(start);
        var page = await MeasureAsync(server.Client, $"benchmarks/{ServerBenchmark.Slug}?", submissions, requests);
        var api = await MeasureAsync(
            server.Client,
            $"api/benchmarks/{ServerBenchmark.Slug}/leaderboard?pageSize={PageSize}&",
            submissions,
            requests
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{submissions} submissions, created in {filled.TotalSeconds:0} s"));
        Console.WriteLine($"page: {page}");
        Console.WriteLine($"API: {api}");
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"board: p95 page {page.Quantile(0.95):0.0} ms, API {api.Quantile(0.95):0.0} ms")
        );
        return
            page.Quantile(0.95) < MaxMilliseconds
            && api.Quantile(0.95) < MaxMilliseconds
            && page.Count(200) == requests
            && api.Count(200) == requests
            ? 0
            : 1;
    }

    /// <summary>Submits through the API, so that the database has the same rows as after real submissions.</summary>
    private static Task FillAsync(HttpClient client, int submissions, CancellationToken cancellation)
    {
        var template = new SubmissionTemplate(Splits);
        return Parallel.ForEachAsync(
            Enumerable.Range(1, submissions),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
            async (number, token) =>
            {
                using var form = template.CreateForm(number);
                using var response = await client.PostAsync(new Uri("api/submissions", UriKind.Relative), form, token);
                if (response.StatusCode != HttpStatusCode.Created)
                {
                    throw new InvalidOperationException($"submission {number}: the server responded with {(int)response.StatusCode}");
                }
            }
        );
    }

    private static async Task<LoadResult> MeasureAsync(HttpClient client, string address, int submissions, int requests)
    {
        var result = new LoadResult();
        var pages = Math.Max(1, submissions / PageSize);
        const int WarmUp = 10;
        for (var i = 0; i < WarmUp + requests; i++)
        {
            // Vary sort, direction and page, so that no URL is requested twice.
            var sort = Columns[i % Columns.Length];
            var order = i / Columns.Length % 2 == 0 ? "asc" : "desc";
            var page = 1 + (i / (2 * Columns.Length) % pages);
            var query = string.Create(
                CultureInfo.InvariantCulture,
                $"{address}sort={sort}&order={order}&page={page}&q={(i / (2 * Columns.Length * pages) == 0 ? "" : "method")}"
            );
            var start = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(new Uri(query, UriKind.Relative));
            await response.Content.ReadAsByteArrayAsync();
            if (i >= WarmUp)
            {
                result.Add((int)response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return result;
    }
}
