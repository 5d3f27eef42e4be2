using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Measurements.Load;
using Coos.Measurements.Server;

namespace Coos.Measurements.Bombs;

/// <summary>
/// <c>bombs</c>: measures the server's memory, and the response times of an honest client, while others send requests that are meant to
/// exhaust it.
/// </summary>
internal static class BombsCommand
{
    private const double MaxMemory = 600 * 1e6;
    private const double MaxMilliseconds = 1000;
    private const int Images = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var seconds = new Option<int>("--seconds") { Description = "The duration of each kind of bomb", DefaultValueFactory = _ => 30 };
        var clients = new Option<int>("--clients") { Description = "The number of attackers", DefaultValueFactory = _ => 16 };
        var only = new Option<string?>("--only") { Description = "A kind of bomb; all by default" };
        var command = new Command(
            "bombs",
            "Send zip bombs, slow uploads and the like from many addresses; fails if the server needs more than 600 MB, or an honest "
                + "request more than a second"
        )
        {
            web,
            seconds,
            clients,
            only,
        };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(
                    result.GetValue(web)!,
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    result.GetValue(clients),
                    result.GetValue(only),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, TimeSpan time, int clients, string? only, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("bombs reads /proc and needs Linux");
            return 1;
        }

        var isHeld = true;
        Console.WriteLine("| kind | attackers' responses | peak memory, MB | honest: responses | p95, ms | longest, ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var bomb in Bomb.All.Where(b => only is null || b.Name == only))
        {
            isHeld &= await MeasureAsync(web, bomb, time, clients, cancellation);
        }

        return isHeld ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(string web, Bomb bomb, TimeSpan time, int clients, CancellationToken cancellation)
    {
        using var benchmark = new ServerBenchmark(("test1", Images));
        using var server = await ServerUnderTest.StartAsync(
            new ServerOptions(web, benchmark.Path)
            {
                // Each attacker has an address of its own, as behind a reverse proxy, and no limit of requests slows it down.
                Settings = new Dictionary<string, string>
                {
                    ["Coos__Access__OpenOnPublicAddress"] = "true",
                    ["Coos__Proxies"] = "127.0.0.1",
                },
            }
        );
        var template = new SubmissionTemplate(("test1", Images));
        var (honest, attackers) = (new LoadResult(), new LoadResult());
        var address = server.Client.BaseAddress!;
        using var client = CreateClient(address, "192.0.2.1");
        await VisitAsync(client, template, new LoadResult(), 0, cancellation);
        server.ResetPeak();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(time);
        var until = end.Token;
        var attacks = Enumerable
            .Range(0, clients)
            .SelectMany(i => Enumerable.Repeat(string.Create(CultureInfo.InvariantCulture, $"198.51.100.{i + 1}"), bomb.PerClient))
            .Select(from => AttackAsync(address, bomb, from, attackers, until))
            .ToList();
        for (var number = 1; !until.IsCancellationRequested; number++)
        {
            await VisitAsync(client, template, honest, number, cancellation);
            await Task.Delay(Pause, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(attacks);
        var (peak, p95, longest) = (server.PeakWorkingSet, honest.Quantile(0.95), honest.Quantile(1));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {bomb.Name} | {attackers.Statuses} | {peak / 1e6:0} | {honest.Statuses} | {p95:0} | {longest:0} |"
            )
        );
        return peak <= MaxMemory && longest <= MaxMilliseconds && honest.Broken == 0;
    }

    private static async Task AttackAsync(Uri server, Bomb bomb, string address, LoadResult result, CancellationToken cancellation)
    {
        using var client = CreateClient(server, address);
        while (!cancellation.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            var status = 0;
            try
            {
                status = await bomb.SendAsync(client, address, cancellation);
            }
            catch (Exception e)
                when (e is HttpRequestException or IOException or OperationCanceledException or System.Net.Sockets.SocketException)
            {
                // The server closed the connection, or the time is over.
            }

            if (!cancellation.IsCancellationRequested)
            {
                result.Add(status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }

    /// <summary>A page, a check of a file and a submission of an honest client.</summary>
    private static async Task VisitAsync(
        HttpClient client,
        SubmissionTemplate template,
        LoadResult result,
        int number,
        CancellationToken cancellation
    )
    {
        await MeasureAsync(result, () => client.GetAsync(Relative($"benchmarks/{ServerBenchmark.Slug}"), cancellation));
        await MeasureAsync(result, () => PostAsync("api/submissions/validate"));
        await MeasureAsync(result, () => PostAsync("api/submissions"));

        async Task<HttpResponseMessage> PostAsync(string path)
        {
            using var form = template.CreateForm(number);
            return await client.PostAsync(Relative(path), form, cancellation);
        }
    }

    private static async Task MeasureAsync(LoadResult result, Func<Task<HttpResponseMessage>> send)
    {
        var start = Stopwatch.GetTimestamp();
        var status = 0;
        try
        {
            using var response = await send();
            await response.Content.ReadAsByteArrayAsync();
            status = (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Counted as a broken response.
        }

        result.Add(status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static HttpClient CreateClient(Uri server, string address)
    {
        var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
