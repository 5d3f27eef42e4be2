using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Text of participants is escaped wherever it is shown.</summary>
[Collection(ServerCollection.Name)]
public sealed class MarkupTests(CoosFixture server)
{
    private const string Attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markup_of_a_submission_is_escaped_on_every_page()
    {
        const string Name = "\" onmouseover=\"alert(1) & 'x' {{1+1}} @(1+1)";
        var form = UploadForm
            .Tiny("Markup " + Name, Name)
            .Field("description", Attack)
            .Field("paperUrl", "https://example.org/?q=\"><script>alert(1)</script>")
            .Field("codeUrl", "https://example.org/' onclick='alert(1)")
            .Test1(1, 1, 1, 1, 1, 0)
            .Test2(0, 0, 0, 0, 0, 1);
        var submission = await server.Client.SubmitScoredAsync(form);
        var address = (string)submission["links"]!["page"]!;

        var other = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Markup " + Name, "2 " + Name).Test1(1, 1, 1, 1, 0, 0));
        var compare = $"/compare?a={submission["id"]}&b=";

        string[] pages =
        [
            address,
            address + "/confusion/test1",
            compare + other["id"],
            compare + Uri.EscapeDataString(Attack),
            compare + $"&q={Uri.EscapeDataString(Attack)}",
            $"{address}/confusion/test1?against={other["id"]}",
            $"{address}/confusion/test1?from={Uri.EscapeDataString(Attack)}",
            "/benchmarks/tiny?q=markup",
            $"/benchmarks/tiny?q={Uri.EscapeDataString(Attack)}",
        ];

        foreach (var page in pages)
        {
            using var shown = await server.Client.GetAsync(page, Cancellation);
            AssertHarmless(await shown.ReadTextAsync());
        }

        Assert.Contains("&lt;script&gt;alert(1)", await server.Client.GetStringAsync(address, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_a_rejected_form_is_returned_escaped()
    {
        var form = await SubmitForm.OpenAsync(server.Client, "tiny");

        using var response = await form.Field("method", Attack)
            .Field("submitter", Attack)
            .Field("description", "</textarea>" + Attack)
            .Field("paperUrl", Attack)
            .SendAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        AssertHarmless(await response.ReadTextAsync());
    }

    [Fact]
    public async Task Markup_in_API_responses_is_not_rendered_by_browsers()
    {
        var form = UploadForm.Tiny("Markup in JSON").Field("description", Attack).Test1(1, 1, 1, 1, 0, 1);
        using var response = await server.Client.SubmitAsync(form);

        var text = await response.ReadTextAsync();

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.Equal(Attack, (string?)System.Text.Json.Nodes.JsonNode.Parse(text)!["description"]);
    }

    private static void AssertHarmless(string page)
    {
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" onmouseover=\"", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</textarea>\"", page, StringComparison.OrdinalIgnoreCase);
    }
}
