using System.Net;
using System.Text;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The leaderboard shows the scores within a group of images, and labels without the groups of the manifest are refused.</summary>
public sealed class GroupColumnApiTests
{
    private const string Ranking = "\"ranking\": { \"metric\": \"balancedError\", \"splits\": [\"test2\"] }";

    private const string Test1 = "image_id,label,day\na-0,0,mon\na-1,0,tue\na-2,1,mon\na-3,1,tue\na-4,2,tue\na-5,2,tue\n";

    private const string Test2 = "image_id,label,day\nb-0,0,mon\nb-1,0,mon\nb-2,0,10\nb-3,1,10\nb-4,1,2\nb-5,2,\n";

    private const string ByAccuracy =
        "\"groups\": [\"day\"], \"ranking\": { \"metric\": \"accuracy\", \"splits\": [\"test1\", \"test2\"] }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_have_their_scores_within_the_group_and_are_sorted_by_them()
    {
        await using var server = await StartAsync(ByAccuracy);
        await SubmitAsync(server);

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?group=day:mon&sort=group:test1");

        var group = board["group"]!;
        Assert.Equal(("day", "mon", "accuracy"), ((string)group["group"]!, (string)group["value"]!, (string)group["metric"]!));
        Assert.Equal((2, 2), ((int)group["images"]!["test1"]!, (int)group["images"]!["test2"]!));
        var rows = board["rows"]!.AsArray();

        // On Monday, A has both images of test1 right, and B one of two: A comes first although it ranks second.
        Assert.Equal(["A", "B"], rows.Select(r => (string)r!["method"]!));
        Assert.Equal([2, 1], rows.Select(r => (int)r!["rank"]!));
        Assert.Equal([1, 0.5], rows.Select(r => (double)r!["group"]!["test1"]!["value"]!));
        Assert.Equal([0, 1], rows.Select(r => (double)r!["group"]!["test2"]!["value"]!));
        var interval = rows[1]!["group"]!["test1"]!["interval"]!.AsArray().Select(l => (double)l!).ToArray();
        Assert.True(interval[0] < 0.5 && interval[1] > 0.5);
        Assert.NotEmpty((string)rows[1]!["group"]!["test1"]!["intervalMethod"]!);

        var reversed = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?group=day:mon&sort=group:test1&order=desc");
        Assert.Equal(["B", "A"], reversed["rows"]!.AsArray().Select(r => (string)r!["method"]!));
        var without = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        Assert.Null(without["group"]);
        Assert.Null(without["rows"]![0]!["group"]);
    }

    [Fact]
    public async Task A_group_of_one_split_has_scores_on_that_split_and_new_entries_have_them_too()
    {
        await using var server = await StartAsync(ByAccuracy);
        await SubmitAsync(server);
        var before = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?group=day:tue");
        await server.Client.SubmitScoredAsync(Form("C").Test1(0, 1, 1, 1, 1, 1).Test2(0, 0, 0, 1, 1, 2));

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?group=day:tue");

        Assert.Equal(2, before["rows"]!.AsArray().Count);
        Assert.Equal(4, (int)Assert.Single(board["group"]!["images"]!.AsObject()).Value!);
        var row = board["rows"]!.AsArray().Single(r => (string)r!["method"]! == "C")!;
        Assert.Equal(0.25, (double)row["group"]!["test1"]!["value"]!);
        Assert.Null(row["group"]!["test2"]);
    }

    [Fact]
    public async Task A_metric_that_compares_groups_shows_accuracies()
    {
        await using var server = await StartAsync(
            "\"groups\": [\"day\"], \"ranking\": { \"metric\": \"worstGroupAccuracy\", \"splits\": [\"test1\"] }"
        );
        await SubmitAsync(server);

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?group=day:tue");

        Assert.Equal("accuracy", (string)board["group"]!["metric"]!);
        Assert.All(board["rows"]!.AsArray(), r => Assert.NotNull(r!["group"]!["test1"]!["value"]));
    }

    [Fact]
    public async Task The_exports_have_the_group()
    {
        await using var server = await StartAsync(ByAccuracy);
        await SubmitAsync(server);

        var csv = await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard.csv?group=day:mon", Cancellation);
        var json = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard.json?group=day:mon");
        var without = await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard.csv", Cancellation);

        var lines = csv.Split('\n');
        Assert.EndsWith(
            ",group,group_test1,group_test1_lower,group_test1_upper,group_test1_interval_method,"
                + "group_test2,group_test2_lower,group_test2_upper,group_test2_interval_method",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(",day:mon,0.5,", lines[1], StringComparison.Ordinal);
        Assert.Equal(0.5, (double)json["rows"]![0]!["group"]!["test1"]!["value"]!);
        Assert.DoesNotContain("group", without.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_a_form_that_works_without_a_script_and_columns_that_sort()
    {
        await using var server = await StartAsync(ByAccuracy);
        await SubmitAsync(server);

        var plain = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny?sort=group:test2&group=day:mon", Cancellation);
        var wrong = await server.Client.GetStringAsync("/benchmarks/tiny?sort=group:test2&group=day:sun", Cancellation);

        Assert.Contains("<form class=\"group-choice\" method=\"get\"", plain, StringComparison.Ordinal);
        Assert.Contains("<option value=\"day:2\">day 2</option>", plain, StringComparison.Ordinal);
        Assert.True(
            plain.IndexOf("day:2\"", StringComparison.Ordinal) < plain.IndexOf("day:10\"", StringComparison.Ordinal),
            "Values are in natural order."
        );
        Assert.DoesNotContain("<option value=\"day:\">", plain, StringComparison.Ordinal);
        Assert.Contains("<option value=\"day:mon\" selected>day mon</option>", page, StringComparison.Ordinal);
        Assert.Contains("Test2, 2 images", page, StringComparison.Ordinal);
        Assert.Contains("day mon: accuracy of the images of this group; ranks are of all images.", page, StringComparison.Ordinal);
        Assert.Contains("leaderboard.csv?group=day%3Amon", page, StringComparison.Ordinal);
        var table = page[page.IndexOf("Entries of Tiny", StringComparison.Ordinal)..];
        Assert.True(Row(table, "B") < Row(table, "A"), "The entry that is better on the group comes first.");
        Assert.DoesNotContain("of the images of this group", wrong, StringComparison.Ordinal);

        static int Row(string page, string method) => page.IndexOf($">{method}</a>", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group=day:sun", "no entry has a score of this value of day; allowed: day:2, day:10, day:mon, day:tue")]
    [InlineData("group=day", "group must be a column and a value of it, such as day:3; columns: day")]
    [InlineData("group=camera:1", "group must be a column and a value of it, such as day:3; columns: day")]
    [InlineData("group=day:mon&weights=0:1", "group cannot be combined with weights, costs or splits; leave one out")]
    public async Task A_wrong_group_is_a_bad_query(string query, string message)
    {
        await using var server = await StartAsync(ByAccuracy);
        await SubmitAsync(server);

        var problem = await RefusedAsync(server, $"/api/benchmarks/tiny/leaderboard?{query}", HttpStatusCode.BadRequest);

        Assert.Equal(("group", "bad-value", message), Field(problem));
        if (!query.Contains('&', StringComparison.Ordinal))
        {
            var export = await RefusedAsync(server, $"/api/benchmarks/tiny/leaderboard.csv?{query}", HttpStatusCode.BadRequest);
            Assert.Equal(("group", "bad-value", message), Field(export));
        }
    }

    [Fact]
    public async Task A_board_without_scores_has_no_groups()
    {
        await using var server = await StartAsync(ByAccuracy);

        var problem = await RefusedAsync(server, "/api/benchmarks/tiny/leaderboard?group=day:mon", HttpStatusCode.BadRequest);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);

        Assert.Equal(("group", "bad-value", "no entry of the leaderboard has scores by day"), Field(problem));
        Assert.DoesNotContain("group-choice", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guarded_benchmark_does_not_show_groups()
    {
        await using var server = new TestServer();
        await WriteAsync(server, "\"sealed\": { \"share\": 0 }, \"maximumGain\": 1, " + ByAccuracy);
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"disclosure\": \"guarded\"");
        await server.StartAsync(settings: ["--Coos:Access:Participation=Open"]);
        var account = await TestAccount.RegisterAsync(server, "Participant");
        using var client = await account.CreateClientAsync();
        await client.SubmitScoredAsync(Form("A").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 1, 1, 1, 1));

        var problem = await RefusedAsync(server, "/api/benchmarks/tiny/leaderboard?group=day:mon", HttpStatusCode.Forbidden);
        var file = await RefusedAsync(server, "/api/benchmarks/tiny/leaderboard.json?group=day:mon", HttpStatusCode.Forbidden);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny?group=day:mon", Cancellation);

        Assert.StartsWith(
            "The scores of a group of images are details, which would reveal labels. This benchmark guards its labels.",
            (string)problem["detail"]!,
            StringComparison.Ordinal
        );
        Assert.Equal((string)problem["detail"]!, (string)file["detail"]!);
        Assert.DoesNotContain("group-choice", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of the images of this group", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_files_without_a_group_of_the_manifest_are_not_imported_and_say_so()
    {
        await using var server = new TestServer();
        await WriteAsync(
            server,
            "\"groups\": [\"day\", \"camera\"], \"ranking\": { \"metric\": \"worstGroupAccuracy\", \"splits\": [\"test1\"] }",
            Test1
                .Replace(",day", ",day,camera", StringComparison.Ordinal)
                .Replace("mon", "mon,", StringComparison.Ordinal)
                .Replace("tue", "tue,", StringComparison.Ordinal)
        );
        await server.StartAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var account = await TestAccount.RegisterAsync(server, "Other organiser", isOrganiser: true);
        var page = WebUtility.HtmlDecode(await account.Browser.ReadAsync("/organise/benchmarks"));
        using var upload = new StringContent("image_id,label,day\nc-0,0,mon\n");
        using var answer = await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", upload, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        var error = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal(("test3", "camera", "missing-column"), ((string)error["file"]!, (string)error["column"]!, (string)error["code"]!));
        Assert.Contains("no image has a value in the column camera, which groups in the manifest names", page, StringComparison.Ordinal);
        Assert.Contains("the labels have no column camera, which groups in the manifest names", page, StringComparison.Ordinal);
    }

    private static async Task SubmitAsync(TestServer server)
    {
        await server.Client.SubmitScoredAsync(Form("A").Test1(0, 1, 1, 0, 2, 0).Test2(1, 1, 0, 1, 1, 2));
        await server.Client.SubmitScoredAsync(Form("B").Test1(0, 0, 0, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> RefusedAsync(TestServer server, string address, HttpStatusCode status)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == response.StatusCode, text);
        return System.Text.Json.Nodes.JsonNode.Parse(text)!;
    }

    private static (string, string, string) Field(System.Text.Json.Nodes.JsonNode problem)
    {
        var field = Assert.Single(problem["errors"]!.AsArray())!;
        return ((string)field["field"]!, (string)field["code"]!, (string)field["message"]!);
    }

    private static UploadForm Form(string method) => UploadForm.Tiny(nameof(GroupColumnApiTests), method);

    private static async Task<TestServer> StartAsync(string properties)
    {
        var server = new TestServer();
        await WriteAsync(server, properties);
        await server.StartAsync();
        return server;
    }

    private static async Task WriteAsync(TestServer server, string properties, string test1 = Test1)
    {
        await server.ReplaceInManifestAsync(Ranking, properties);
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), test1, Encoding.UTF8, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test2.csv"), Test2, Encoding.UTF8, Cancellation);
    }
}
