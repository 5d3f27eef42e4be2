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

    [GeneratedRegex(@"\n# [^\n]*memory[^\n]*\n(# [^\n]+\n)*MemoryMax=[1-9][0-9]*[MG]\n")]
    private static partial Regex MemoryLimit();
}
