using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Web.Discovery;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Reads the BibTeX of a benchmark and converts it to dataset metadata.</summary>
public sealed class CitationTests
{
    private const string Cells = """
        @inproceedings{lu2019cells,
          title = {The Cells Out of Sample ({COOS}) dataset},
          author = {Lu, Alex X. and Lu, Amy X. and Schormann, Wiebke},
          booktitle = {Advances in Neural Information Processing Systems 32},
          pages = {1854--1862},
          year = {2019}
        }
        """;

    [Fact]
    public void All_fields_of_an_entry_are_read()
    {
        var cited = BibTexReader.Read(Cells)!;

        Assert.Equal("The Cells Out of Sample (COOS) dataset", cited.Title);
        Assert.Equal(["Lu, Alex X.", "Lu, Amy X.", "Schormann, Wiebke"], cited.Authors.Select(a => a.Sorted));
        Assert.Equal(["Alex X. Lu", "Amy X. Lu", "Wiebke Schormann"], cited.Authors.Select(a => a.Name));
        Assert.Equal(("2019", "Advances in Neural Information Processing Systems 32"), (cited.Date, cited.Proceedings));
        Assert.Equal(("1854", "1862"), cited.Pages);
        Assert.Equal(
            "Alex X. Lu, Amy X. Lu, Wiebke Schormann (2019). The Cells Out of Sample (COOS) dataset. Advances in Neural "
                + "Information Processing Systems 32.",
            cited.Line()
        );
    }

    [Theory]
    [InlineData("@misc{k, title={On one line}, author={A. Writer}, year=2020}", "On one line", "Writer, A.", "2020")]
    [InlineData(
        "% a remark\n@article{k,\n  title = \"In {\"}quotes{\"}\",\n  author = \"{The COOS Consortium}\",\n  year = 2021,\n}",
        "In \"quotes\"",
        "The COOS Consortium",
        "2021"
    )]
    [InlineData(
        @"@book{k, title = {\""Uber {\o}re \& {\'e}t\'{e} \c{c}a}, author = {M{\""u}ller, J\""org and others}, year = {1999}}",
        "\u00DCber \u00F8re & \u00E9t\u00E9 \u00E7a",
        "M\u00FCller, J\u00F6rg",
        "1999"
    )]
    [InlineData(
        "@misc{k, author = {van Gogh, Vincent}, title = {Two} , title = {Three}, year = {2000}}",
        "Two",
        "van Gogh, Vincent",
        "2000"
    )]
    public void Other_notations_are_read(string text, string title, string author, string year)
    {
        var cited = BibTexReader.Read(text)!;

        Assert.Equal((title, year), (cited.Title, cited.Date));
        Assert.Equal([author], cited.Authors.Select(a => a.Sorted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Lu et al. 2019")]
    [InlineData("@misc{k, author = {Somebody}}")]
    [InlineData("@misc{k, title = ")]
    [InlineData("@misc{")]
    public void Text_without_an_entry_with_a_title_is_ignored(string text) => Assert.Null(BibTexReader.Read(text));

    [Theory]
    [InlineData("https://doi.org/10.5281/zenodo.3386336")]
    [InlineData("doi:10.5281/zenodo.3386336")]
    [InlineData("10.5281/zenodo.3386336")]
    public void A_DOI_is_stored_without_its_URL_prefix(string doi) =>
        Assert.Equal("10.5281/zenodo.3386336", BibTexReader.Read($"@misc{{k, title = {{T}}, doi = {{{doi}}}}}")!.Doi);

    [Fact]
    public void Dataset_metadata_has_creators_and_a_sufficient_description()
    {
        var data = StructuredData.Describe(
            Benchmark() with
            {
                Citation = Cells.Replace("@inproceedings", "@dataset", StringComparison.Ordinal),
                License = "CC-BY-4.0",
            },
            path => "https://coos.example" + path
        );

        Assert.Equal(["Alex X. Lu", "Amy X. Lu", "Wiebke Schormann"], data["creator"]!.AsArray().Select(a => (string?)a!["name"]));
        Assert.Equal("https://spdx.org/licenses/CC-BY-4.0.html", (string?)data["license"]);
        Assert.Equal("2019", (string?)data["datePublished"]);
        Assert.Equal("https://coos.example/benchmarks/small/data", (string?)data["url"]);
        Assert.InRange(((string?)data["description"])!.Length, 50, 5000);
    }

    /// <summary>The authors of a cited paper need not be the creators of the data, for example of simulated data.</summary>
    [Fact]
    public void Authors_of_a_cited_paper_are_not_listed_as_creators()
    {
        var data = StructuredData.Describe(Benchmark() with { Citation = Cells }, path => path);

        Assert.StartsWith("Alex X. Lu, Amy X. Lu, Wiebke Schormann (2019). The Cells", (string?)data["citation"], StringComparison.Ordinal);
        Assert.False(data.ContainsKey("creator"));
        Assert.False(data.ContainsKey("datePublished"));
    }

    [Fact]
    public void Dataset_metadata_contains_only_values_of_the_manifest()
    {
        var data = StructuredData.Describe(Benchmark(), path => path);

        Assert.All(
            ["creator", "license", "sameAs", "citation", "identifier", "datePublished", "isAccessibleForFree"],
            name => Assert.False(data.ContainsKey(name), name)
        );
        Assert.Equal("Small. 2 classes: Round, Long. Test sets: Test1 (other wells).", (string?)data["description"]);
    }

    [Fact]
    public void A_licence_without_an_SPDX_name_is_named_but_not_linked()
    {
        var licence = StructuredData.Describe(Benchmark() with { License = "on request" }, path => path)["license"]!;

        Assert.Equal(("CreativeWork", "on request"), ((string?)licence["@type"], (string?)licence["name"]));
    }

    private static Benchmark Benchmark() =>
        new()
        {
            Slug = "small",
            Name = "Small",
            Summary = "Small.",
            Classes = [new ClassLabel(0, "Round", "R"), new ClassLabel(1, "Long", "L")],
            Splits = [new Split("test1", SplitRole.Shifted, "Test1", "other wells", null, "")],
            Ranking = new Ranking(MetricId.BalancedError, ["test1"]),
        };
}
