using System.Net;
using System.Net.Http.Json;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>The audit log records all organiser actions, but not what owners do to their own submissions.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private TestAccount _owner = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        _owner = await TestAccount.RegisterAsync(_server, "Owner");
        _client = await _owner.CreateClientAsync();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Organiser_actions_through_the_API_are_logged()
    {
        var path = await SubmitAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);

        (await organiser.PatchAsJsonAsync(path, new { description = "seen" }, Cancellation)).EnsureSuccessStatusCode();
        (await organiser.GetAsync(path + "/predictions/test1", Cancellation)).EnsureSuccessStatusCode();
        (await organiser.PostAsync(path + "/evaluate", null, Cancellation)).EnsureSuccessStatusCode();
        (
            await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", new StringContent("image_id,label\nc-0,0\n"), Cancellation)
        ).EnsureSuccessStatusCode();
        (await organiser.DeleteAsync(path, Cancellation)).EnsureSuccessStatusCode();

        Assert.Equal(
            ["submission.change", "submission.read-file", "submission.reevaluate", "labels.import", "submission.delete"],
            await ReadActionsAsync(e => e.Actor == "Organiser")
        );
    }

    [Fact]
    public async Task Publishing_is_logged_for_organisers_but_not_for_owners()
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        var one = (await SubmitAsync(("visibility", "private"))).Replace("/api", "", StringComparison.Ordinal);
        (await _owner.Browser.SendAsync(one, "publish")).Dispose();
        Assert.Empty(await ReadActionsAsync(_ => true));

        using var back = await _client.PatchAsJsonAsync("/api" + one, new { visibility = "private" }, Cancellation);
        using var published = await organiser.Browser.SendAsync(one, "publish");

        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        Assert.Equal(
            ["submission.publish"],
            await ReadActionsAsync(e => e.Actor == "Organiser" && e.Target == one.Replace("/submissions/", "", StringComparison.Ordinal))
        );
        Assert.Equal(1, (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
    }

    [Fact]
    public async Task Owner_changes_to_their_own_submission_are_not_logged()
    {
        var path = await SubmitAsync();

        (await _client.PatchAsJsonAsync(path, new { description = "mine" }, Cancellation)).EnsureSuccessStatusCode();
        (await _client.GetAsync(path + "/predictions/test1", Cancellation)).EnsureSuccessStatusCode();
        (await _client.DeleteAsync(path, Cancellation)).EnsureSuccessStatusCode();

        Assert.Empty(await ReadActionsAsync(_ => true));
    }

    [Fact]
    public async Task Becoming_the_first_organiser_is_logged()
    {
        var first = _server.Services.GetRequiredService<FirstOrganiser>();

        using var promoted = await _owner.Browser.SendAsync(first.Path, "organiser");
        var page = await _owner.Browser.ReadAsync("/organise");

        Assert.Equal(["account.organiser"], await ReadActionsAsync(e => e.Actor == "Owner" && e.Target == "Owner"));
        Assert.Contains("You are now an organiser of this server.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_job_dashboard_is_read_only()
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);

        using var trigger = await organiser.Browser.PostFormToAsync(
            "/organise",
            "act",
            "/organise/jobs/recurring/trigger",
            ("jobs[]", "any")
        );
        using var requeue = await organiser.Browser.PostFormToAsync("/organise", "act", "/organise/jobs/jobs/actions/requeue/1");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (trigger.StatusCode, requeue.StatusCode));
    }

    [Fact]
    public async Task The_audit_log_page_has_search_and_paging()
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        await using (var database = await _server.OpenDatabaseAsync())
        {
            for (var i = 0; i < 101; i++)
            {
                database.Add(
                    new AuditEntry
                    {
                        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                        At = DateTime.UnixEpoch.AddMinutes(i),
                        Actor = "Somebody",
                        Action = i == 7 ? "account.close" : "submission.hide",
                        Target = $"target-{i}",
                    }
                );
            }

            await database.SaveChangesAsync(Cancellation);
        }

        var first = await organiser.Browser.ReadAsync("/organise/audit");
        var second = await organiser.Browser.ReadAsync("/organise/audit?page=2");
        var found = await organiser.Browser.ReadAsync("/organise/audit?q=CLOSE");
        var none = await organiser.Browser.ReadAsync("/organise/audit?q=nothing");

        Assert.Contains("101 entries", first, StringComparison.Ordinal);
        Assert.Contains("target-100<", first, StringComparison.Ordinal);
        Assert.DoesNotContain("target-0<", first, StringComparison.Ordinal);
        Assert.Contains("target-0<", second, StringComparison.Ordinal);
        Assert.Contains("1 entry<", found, StringComparison.Ordinal);
        Assert.Contains("target-7<", found, StringComparison.Ordinal);
        Assert.Contains("No entries match.", none, StringComparison.Ordinal);
    }

    private async Task<string> SubmitAsync(params (string Name, string Value)[] fields)
    {
        var form = UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2);
        foreach (var (name, value) in fields)
        {
            form.Field(name, value);
        }

        return (string)(await _client.SubmitScoredAsync(form))["links"]!["self"]!;
    }

    private async Task<List<string>> ReadActionsAsync(System.Linq.Expressions.Expression<Func<AuditEntry, bool>> predicate)
    {
        await using var database = await _server.OpenDatabaseAsync();
        return await database
            .AuditEntries.Where(predicate)
            .OrderBy(e => e.At)
            .ThenBy(e => e.Id)
            .Select(e => e.Action)
            .ToListAsync(Cancellation);
    }
}
