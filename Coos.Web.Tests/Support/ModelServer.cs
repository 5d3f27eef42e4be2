using System.Text.Json.Nodes;
using Coos.Models.Sandboxing;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Servers that run models on the images of the tiny benchmark. Tests are skipped where the sandbox does not work.</summary>
internal static class ModelServer
{
    /// <summary>How long a test waits for a run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    /// <summary>Skips the test where the sandbox does not work.</summary>
    public static void SkipWithoutSandbox() => Assert.SkipWhen(Obstacle.Value is not null, Obstacle.Value ?? "");

    /// <summary>Starts a server with images of test1 and test2, and all roles.</summary>
    public static async Task<TestServer> StartAsync(params string[] settings)
    {
        SkipWithoutSandbox();
        var server = new TestServer();
        TinyImages.WriteTo(server);
        TinyImages.WriteTest2To(server);
        await server.StartAsync("web,evaluator,runner", settings: ["--Coos:Models:Threads=1", .. settings]);
        return server;
    }

    /// <summary>A file of <c>testdata/models</c>.</summary>
    public static byte[] Model(string name) => File.ReadAllBytes(Path.Combine(Checkout.Folder, "testdata", "models", $"{name}.onnx"));

    /// <summary>Waits until a submission is scored or has failed.</summary>
    public static async Task<JsonNode> WaitAsync(this HttpClient client, string path)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var submission = await client.GetJsonAsync(path);
            if ((string?)submission["status"] is "scored" or "failed" || TimeProvider.System.GetUtcNow() > end)
            {
                return submission;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Reads rows of the server's database.</summary>
    public static async Task<List<T>> QueryAsync<T>(this TestServer server, Func<CoosDbContext, IQueryable<T>> query)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await query(database).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static string? FindObstacle()
    {
        try
        {
            _ = Sandbox.Open(SandboxKind.Bubblewrap);
            return null;
        }
        catch (SandboxException e)
        {
            return e.Message;
        }
    }
}
