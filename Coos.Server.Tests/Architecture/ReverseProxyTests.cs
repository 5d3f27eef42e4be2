using System.Globalization;
using System.Text.RegularExpressions;
using Coos.Server.Configuration;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>The site of nginx in the folder <c>deploy</c>.</summary>
public sealed partial class ReverseProxyTests
{
    private static string Site => File.ReadAllText(Path.Combine(Checkout.Folder, "deploy", "nginx.conf"));

    [Fact]
    public void Metrics_are_hidden() => Assert.Contains("\n    location /metrics { return 404; }\n", Site, StringComparison.Ordinal);

    [Fact]
    public void Bodies_may_be_slightly_larger_than_an_upload()
    {
        var settings = new CoosSettings
        {
            DataDirectory = "",
            BenchmarkDirectories = [],
            ConnectionString = "",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
        };

        var allowed = long.Parse(BodySize().Match(Site).Groups["megabytes"].Value, CultureInfo.InvariantCulture) << 20;

        // The server accepts a megabyte for the other fields.
        Assert.InRange(allowed, settings.MaxUploadBytes + (1 << 20) + 1, 2 * settings.MaxUploadBytes);
    }

    [Theory]
    [InlineData("X-Forwarded-For $remote_addr")]
    [InlineData("X-Forwarded-Proto $scheme")]
    [InlineData("X-Forwarded-Host $host")]
    public void Headers_that_the_server_believes_are_replaced(string header) =>
        Assert.Contains($"\n        proxy_set_header {header};\n", Site, StringComparison.Ordinal);

    [GeneratedRegex(@"\n    client_max_body_size (?<megabytes>[0-9]+)m;\n")]
    private static partial Regex BodySize();
}
