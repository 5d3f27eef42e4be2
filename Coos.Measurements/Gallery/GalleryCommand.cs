using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Coos.Measurements.Server;

namespace Coos.Measurements.Gallery;

/// <summary>
/// <c>gallery</c>: measures pages of images from a large HDF5 file: the time until a page that nobody has seen is complete, and the memory
/// of the server while many people browse.
/// </summary>
internal static class GalleryCommand
{
    private const int People = 50;
    private const double MaxMilliseconds = 300;
    private const long MaxGrowth = 150L << 20;
    private const double Mebibyte = 1 << 20;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var scale = new Option<double>("--scale")
        {
            Description = "The images of the file, relative to 3,077",
            DefaultValueFactory = _ => 28,
        };
        var seconds = new Option<int>("--seconds") { Description = "How long 50 people browse", DefaultValueFactory = _ => 30 };
        var command = new Command(
            "gallery",
            "Write a large HDF5 file, and measure pages of 60 of its images, and the server's memory while 50 people browse them"
        )
        {
            web,
            scale,
            seconds,
        };
        command.SetAction(
            (result, cancellation) => RunAsync(result.GetValue(web)!, result.GetValue(scale), result.GetValue(seconds), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, double scale, int seconds, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("gallery reads /proc and needs Linux");
            return 1;
        }

        using var benchmark = new GalleryBenchmark(scale);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{benchmark.Images:N0} images, HDF5 file of {benchmark.File.Length / 1e6:0} MB")
        );
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var list = await SubmitAsync(server, benchmark, cancellation);
        var idle = server.WorkingSet;
        using var visitor = new GalleryVisitor(server.Client.BaseAddress!);
        var first = await visitor.LoadAsync($"{list}?page=1", cancellation);
        var cold = new List<double>();
        for (var page = 2; page <= 41; page++)
        {
            cold.Add((await visitor.LoadAsync($"{list}?page={page}", cancellation)).Milliseconds);
        }

        var warm = new List<double>();
        for (var page = 2; page <= 41; page++)
        {
            warm.Add((await visitor.LoadAsync($"{list}?page={page}", cancellation)).Milliseconds);
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"first page of the server, {first.Pictures} images: {first.Milliseconds:0} ms")
        );
        Console.WriteLine($"pages that nobody has seen: {new Timings(cold)}");
        Console.WriteLine($"the same pages again: {new Timings(warm)}");
        var (pages, growth) = await BrowseAsync(server, list, idle, benchmark.Images / 60, seconds, cancellation);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"gallery: {People} people, {pages} pages in {seconds} s, "
                    + $"peak memory {growth / Mebibyte:0} MiB above {idle / Mebibyte:0} MiB"
            )
        );
        return new Timings(cold).Median <= MaxMilliseconds && growth <= MaxGrowth ? 0 : 1;
    }

    /// <summary>Submits the entry and returns the path of its images.</summary>
    private static async Task<string> SubmitAsync(ServerUnderTest server, GalleryBenchmark benchmark, CancellationToken cancellation)
    {
        using var form = benchmark.CreateSubmission();
        using var response = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), form, cancellation);
        response.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        return $"submissions/{body.RootElement.GetProperty("id").GetString()}/images/test4";
    }

    /// <summary>Lets people load random pages one after the other.</summary>
    private static async Task<(int Pages, long Growth)> BrowseAsync(
        ServerUnderTest server,
        string list,
        long idle,
        int pageCount,
        int seconds,
        CancellationToken cancellation
    )
    {
        server.ResetPeak();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        var pages = 0;
        await Task.WhenAll(Enumerable.Range(0, People).Select(BrowseAsync));
        return (pages, server.PeakWorkingSet - idle);

        async Task BrowseAsync(int person)
        {
            using var visitor = new GalleryVisitor(server.Client.BaseAddress!);
            var random = new Random(person);
            try
            {
                while (true)
                {
                    await visitor.LoadAsync($"{list}?page={1 + random.Next(pageCount)}", end.Token);
                    Interlocked.Increment(ref pages);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The time is over.
            }
        }
    }
}
