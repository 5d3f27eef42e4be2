using System.Text.RegularExpressions;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>The systemd unit in the folder <c>deploy</c>.</summary>
public sealed partial class ServiceUnitTests
{
    private static string Unit => File.ReadAllText(Path.Combine(Checkout.Folder, "deploy", "coos.service"));

    [Fact]
    public void Memory_is_limited_and_the_reason_is_given() => Assert.Matches(MemoryLimit(), Unit);

    [Fact]
    public void Data_is_private()
    {
        Assert.Contains("\nStateDirectoryMode=0700\n", Unit, StringComparison.Ordinal);
        Assert.Contains("\nUMask=0077\n", Unit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StateDirectory=coos")]
    [InlineData("Environment=Coos__DataDirectory=/var/lib/coos")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("ProtectHome=yes")]
    [InlineData("PrivateTmp=yes")]
    [InlineData("PrivateDevices=yes")]
    [InlineData("CapabilityBoundingSet=")]
    public void The_process_can_write_only_its_data(string line) => Assert.Contains($"\n{line}\n", Unit, StringComparison.Ordinal);

    [Fact]
    public void Other_folders_are_not_writable() => Assert.DoesNotContain("\nReadWritePaths=", Unit, StringComparison.Ordinal);

    [Theory]
    [InlineData("Environment=ASPNETCORE_URLS=http://127.0.0.1:5000")]
    [InlineData("Environment=Coos__Proxies=127.0.0.1")]
    [InlineData("Restart=always")]
    [InlineData("EnvironmentFile=-/etc/coos/coos.env")]
    public void The_server_listens_behind_a_proxy_and_restarts(string line) =>
        Assert.Contains($"\n{line}\n", Unit, StringComparison.Ordinal);

    [GeneratedRegex(@"\n# [^\n]*memory[^\n]*\n(# [^\n]+\n)*MemoryMax=[1-9][0-9]*[MG]\n")]
    private static partial Regex MemoryLimit();
}
