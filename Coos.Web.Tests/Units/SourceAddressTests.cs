using Coos.Web.Leaderboards;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Sources of published results.</summary>
public sealed class SourceAddressTests
{
    [Theory]
    [InlineData("arXiv:2111.11646, Table 2", "https://arxiv.org/abs/2111.11646", "arXiv:2111.11646", ", Table 2")]
    [InlineData(
        "doi:10.1016/j.xinn.2023.100541, its repository's README",
        "https://doi.org/10.1016/j.xinn.2023.100541",
        "doi:10.1016/j.xinn.2023.100541",
        ", its repository's README"
    )]
    [InlineData("doi:10.1016/j.x.", "https://doi.org/10.1016/j.x", "doi:10.1016/j.x", ".")]
    public void A_source_that_starts_with_an_identifier_is_linked(string source, string address, string name, string rest) =>
        Assert.Equal(new SourceAddress(address, name, rest), SourceAddress.Parse(source));

    [Theory]
    [InlineData("Lu et al. 2019, Table 3")]
    [InlineData("arXiv:someday")]
    [InlineData("doi:\"><script>")]
    [InlineData("")]
    public void Other_sources_are_not_linked(string source) => Assert.Null(SourceAddress.Parse(source));
}
