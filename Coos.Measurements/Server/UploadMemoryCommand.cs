using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Coos.Measurements.Server;

/// <summary><c>upload-memory</c>: measures the server's memory for an upload at the size limit and for one far above it.</summary>
internal static class UploadMemoryCommand
{
    private const int Limit = 64 << 20;
    private const int FarAbove = 200 << 20;
    private const double Mebibyte = 1 << 20;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var command = new Command(
            "upload-memory",
            "Measure the server's peak memory while it accepts a file at the limit of 64 MB and rejects one of 200 MB"
        )
        {
            web,
        };
        command.SetAction((result, _) => RunAsync(result.GetValue(web)!));
        return command;
    }

    private static async Task<int> RunAsync(string web)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("upload-memory reads /proc and needs Linux");
            return 1;
        }

        using var benchmark = new ServerBenchmark(("test1", 400_000));
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        using var warm = benchmark.CreateSubmission("warm-up");
        using var warmed = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), warm);
        var accepted = await MeasureAsync(server, benchmark.CreatePredictionsOfSize(Limit), chunked: false);
        var rejected = await MeasureAsync(server, new byte[FarAbove], chunked: false);
        var chunked = await MeasureAsync(server, new byte[FarAbove], chunked: true);
        Console.WriteLine(FormatLine("64 MB, 400,000 images with probabilities", accepted));
        Console.WriteLine(FormatLine("200 MB, with content length", rejected));
        Console.WriteLine(FormatLine("200 MB, chunked", chunked));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"upload-memory: {accepted.Growth / (double)Limit:0.00} x the file at the limit")
        );
        return
            accepted.Status == HttpStatusCode.Created
            && rejected.Status == HttpStatusCode.RequestEntityTooLarge
            && chunked.Status == HttpStatusCode.RequestEntityTooLarge
            ? 0
            : 1;
    }

    private static async Task<(HttpStatusCode Status, long Growth)> MeasureAsync(ServerUnderTest server, byte[] file, bool chunked)
    {
        using var form = ServerBenchmark.CreateFields("memory");
        form.Add(new ByteArrayContent(file), "test1", "test1.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/submissions", UriKind.Relative)) { Content = form };
        request.Headers.TransferEncodingChunked = chunked;

        // Let the server respond before the body is sent, as curl does.
        request.Headers.ExpectContinue = true;
        server.ResetPeak();
        var before = server.WorkingSet;
        using var response = await server.Client.SendAsync(request);
        return (response.StatusCode, server.PeakWorkingSet - before);
    }

    private static string FormatLine(string what, (HttpStatusCode Status, long Growth) result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {(int)result.Status}, peak {result.Growth / Mebibyte:0} MiB above the working set before"
        );
}
