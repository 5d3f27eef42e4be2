using Coos.Shared.Benchmarks;
using Coos.Web.Discovery;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>What a benchmark's BibTeX says, and what is made of it for dataset search.</summary>
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
    public void An_entry_is_read_field_by_field()
    {
        var cited = BibTexReader.Read(Cells)!;

        Assert.Equal("The Cells Out of Sample (COOS) dataset", cited.Title);
        Assert.Equal(["Lu, Alex X.", "Lu, Amy X.", "Schormann, Wiebke"], cited.Authors.Select(a => a.Sorted));
        Assert.Equal(["Alex X. Lu", "Amy X. Lu", "Wiebke Schormann"], cited.Authors.Select(a => a.Name));
        Assert.Equal(("2019", "Advances in Neural Information Processing Systems 32"), (cited.Date, cited.Proceedings));
        Assert.Equal(("1854", "1862"), cited.Pages);
        Assert.Equal(
            "Alex X. Lu, Amy X. Lu, Wiebke Schormann (2019). The Cells Out of Sample (COOS) dataset. Advances in Neural Information Processing Systems 32.",
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
    public void Other_ways_to_write_one_are_read_too(string text, string title, string author, string year)
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
    public void What_is_no_entry_with_a_title_is_none(string text) => Assert.Null(BibTexReader.Read(text));

    [Theory]
    [InlineData("https://doi.org/10.5281/zenodo.3386336")]
    [InlineData("doi:10.5281/zenodo.3386336")]
    [InlineData("10.5281/zenodo.3386336")]
    public void A_DOI_is_kept_without_its_address(string doi) =>
        Assert.Equal("10.5281/zenodo.3386336", BibTexReader.Read($"@misc{{k, title = {{T}}, doi = {{{doi}}}}}")!.Doi);

    [Fact]
    public void A_dataset_says_who_made_it_and_enough_of_what_it_is()
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

    /// <summary>Who wrote a paper that is to be cited need not have made the data, simulated ones for instance.</summary>
    [Fact]
    public void A_paper_is_cited_and_its_authors_are_not_made_the_makers_of_the_data()
    {
        var data = StructuredData.Describe(Benchmark() with { Citation = Cells }, path => path);

        Assert.StartsWith("Alex X. Lu, Amy X. Lu, Wiebke Schormann (2019). The Cells", (string?)data["citation"], StringComparison.Ordinal);
        Assert.False(data.ContainsKey("creator"));
        Assert.False(data.ContainsKey("datePublished"));
    }

    [Fact]
    public void A_dataset_says_nothing_that_its_manifest_does_not()
    {
        var data = StructuredData.Describe(Benchmark(), path => path);

        Assert.All(
            ["creator", "license", "sameAs", "citation", "identifier", "datePublished", "isAccessibleForFree"],
            name => Assert.False(data.ContainsKey(name), name)
        );
        Assert.Equal("Small. 2 classes: Round, Long. Test sets: Test1 (other wells).", (string?)data["description"]);
    }

    [Fact]
    public void A_licence_that_is_no_SPDX_name_is_named_and_not_linked()
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
            Ranking = new Ranking("balancedError", ["test1"]),
        };
}
