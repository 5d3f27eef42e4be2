using System.Diagnostics;
using Coos.Server.Webhooks;
using Xunit;

namespace Coos.Web.Tests.Docs;

/// <summary>Runs the signature check of docs/webhooks.md on signatures of the server.</summary>
public sealed class WebhookGuideTests
{
    private const string Secret = "whsec_example";
    private const string Body = """{"event":"ping"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_documented_check_accepts_only_valid_signatures()
    {
        var now = TimeProvider.System.GetUtcNow();
        var genuine = WebhookSecrets.Sign(Secret, now, Body);

        Assert.Equal("True", await CheckAsync(Secret, genuine, Body));
        Assert.Equal("False", await CheckAsync(Secret, genuine, Body.Replace("ping", "pong", StringComparison.Ordinal)));
        Assert.Equal("False", await CheckAsync("whsec_another", genuine, Body));
        Assert.Equal("False", await CheckAsync(Secret, WebhookSecrets.Sign(Secret, now.AddMinutes(-6), Body), Body));
    }

    private static async Task<string> CheckAsync(string secret, string header, string body)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "docs", "webhooks.md"), Cancellation);
        var check = guide.Split("```python\n")[1].Split("```")[0];
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(
                    python,
                    [
                        "-c",
                        check + "\nimport sys\nprint(is_genuine(sys.argv[1], sys.argv[2], sys.argv[3].encode()))\n",
                        secret,
                        header,
                        body,
                    ]
                )
                {
                    RedirectStandardOutput = true,
                }
            )!;
            var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.Equal(0, process.ExitCode);
            return output.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Python is not installed");
            throw;
        }
    }
}
