using System.Collections.Concurrent;
using System.Net;
using Coos.Server.Images;
using Coos.Shared.Datasets.Tiff;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The page of an image shows its nearest training images from the index beside the dataset.</summary>
[Collection(ServerCollection.Name)]
[OneDatabase]
public sealed class NearestImageTests(CoosFixture server)
{
    private const string Page = "/benchmarks/tiny/images/test1/a-0";
    private const string Public = "\"labelsPublic\": true, \"images\": \"public\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test4/157")]
    [InlineData("training/0")]
    public async Task The_bundled_index_belongs_to_the_simulated_images(string image)
    {
        var page = await server.Client.GetStringAsync($"/benchmarks/coos-sim/images/{image}", Cancellation);
        var section = SectionOf(page);

        Assert.Contains("the Euclidean distance of 69 texture features", section, StringComparison.Ordinal);
        Assert.Equal(8, Count(section, "href=\"/benchmarks/coos-sim/images/training/"));
        Assert.Equal(8, Count(section, "<span>distance "));
        Assert.Equal(8, Count(section, "<span>plate "));
        Assert.DoesNotContain($"href=\"/benchmarks/coos-sim/images/{image}\"", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neighbours_are_shown_nearest_first()
    {
        await using var own = await StartAsync(Public);
        var section = SectionOf(await own.Client.GetStringAsync(Page, Cancellation));

        Assert.Equal(2, Count(section, "<li>"));
        Assert.True(
            section.IndexOf("images/training/t-2\"", StringComparison.Ordinal) is > 0 and var first
                && section.IndexOf("images/training/t-0\"", StringComparison.Ordinal) > first
        );
        Assert.Contains("distance 0.50", section, StringComparison.Ordinal);
        Assert.Contains("distance 1.25", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classes_of_neighbours_are_only_for_those_who_may_see_labels()
    {
        await using var own = await StartAsync("\"images\": \"public\"", "image_id,label\nt-0,0\nt-1,1\nt-2,2\n");
        var organiser = await TestAccount.RegisterAsync(own, "Organiser", isOrganiser: true);
        var everyone = SectionOf(await own.Client.GetStringAsync(Page, Cancellation));
        var trusted = SectionOf(await organiser.Browser.ReadAsync(Page));

        Assert.Equal(2, Count(everyone, "<span>"));
        Assert.Contains("<span>L, t</span>", trusted, StringComparison.Ordinal);
        Assert.Contains("<span>R</span>", trusted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_neighbours_who_may_not_see_images()
    {
        await using var own = await StartAsync("\"images\": \"organisers\"");
        using var response = await own.Client.GetAsync(new Uri(Page, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("distance", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_index_the_page_says_nothing_about_neighbours()
    {
        await using var own = await StartAsync(Public, change: s => File.Delete(TinyNeighbours.FileOf(s)));

        Assert.DoesNotContain("training images of Test1", await own.Client.GetStringAsync(Page, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_other_images_is_not_used_and_logged_until_it_is_replaced()
    {
        var log = new RecordedWarnings();
        await using var own = await StartAsync(
            Public,
            change: s => File.WriteAllBytes(TinyImages.FileOf(s, 3, "nucleus"), TiffEncoder.Encode(new ushort[64], 8, 8)),
            log: log
        );
        var file = TinyNeighbours.FileOf(own);
        var stale = await own.Client.GetStringAsync(Page, Cancellation);
        TinyNeighbours.WriteTo(own);
        var replaced = await own.Client.GetStringAsync(Page, Cancellation);

        Assert.Contains(
            "The index of the nearest training images of Test1 does not match the images on this server.",
            stale,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("id=\"nearest\"", stale, StringComparison.Ordinal);
        Assert.Equal(
            $"137 Nearest training images of tiny/test1 are not shown: {file}:1: the index is of other images; "
                + "create it again (coos data index)",
            Assert.Single(log.Lines)
        );
        Assert.Contains("distance 0.50", SectionOf(replaced), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_index_is_not_used_and_logged_with_its_line()
    {
        var log = new RecordedWarnings();
        await using var own = await StartAsync(Public, change: s => TinyNeighbours.Write(s, "image_id,nearest_1\na-0,t-0\n"), log: log);
        var page = await own.Client.GetStringAsync(Page, Cancellation);

        Assert.Contains("does not match the images on this server", page, StringComparison.Ordinal);
        Assert.Contains("test1.csv.gz:1: this is not the first line of an index", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    /// <summary>Starts a server with an index.</summary>
    /// <param name="properties">The properties of the manifest about images.</param>
    /// <param name="trainingLabels">The label file of training; empty for none.</param>
    /// <param name="change">Changes a file before the start.</param>
    /// <param name="log">Receives the warnings; null for nobody.</param>
    private static async Task<TestServer> StartAsync(
        string properties,
        string trainingLabels = "",
        Action<TestServer>? change = null,
        RecordedWarnings? log = null
    )
    {
        var own = new TestServer { Replace = services => _ = log is null ? services : services.AddSingleton<ILogger<NearestStore>>(log) };
        await own.ReplaceInManifestAsync("\"disclosure\": \"open\"", properties);
        TinyImages.WriteTo(own);
        TinyNeighbours.WriteTo(own);
        if (trainingLabels.Length > 0)
        {
            await File.WriteAllTextAsync(Path.Combine(own.Tiny, "labels", "training.csv"), trainingLabels, Cancellation);
        }

        change?.Invoke(own);
        await own.StartAsync();
        return own;
    }

    private static string SectionOf(string page)
    {
        var start = page.IndexOf("<h2 id=\"nearest\">", StringComparison.Ordinal);
        Assert.True(start > 0);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>Records what is logged about indexes.</summary>
    private sealed class RecordedWarnings : ILogger<NearestStore>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue($"{eventId.Id} {formatter(state, exception)}");
    }
}
