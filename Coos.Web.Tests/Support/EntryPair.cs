using System.Text.Json.Nodes;

namespace Coos.Web.Tests.Support;

/// <summary>Creates pairs of entries to compare.</summary>
internal static class EntryPair
{
    /// <summary>
    /// Submits predictions whose differences were counted by hand: for test1 (0 0 1 1 2 2), A predicts 0 0 1 1 2 0 and B 0 1 1 2
    /// 2 0; only A predicts test2 (0 0 0 1 1 2).
    /// </summary>
    public static async Task<(Guid A, Guid B)> SubmitAsync(HttpClient client, string submitter)
    {
        var a = await client.SubmitScoredAsync(UploadForm.Tiny(submitter, "Careful").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 1));
        var b = await client.SubmitScoredAsync(UploadForm.Tiny(submitter, "Quick").Test1(0, 1, 1, 2, 2, 0));
        return ((Guid)a["id"]!, (Guid)b["id"]!);
    }

    /// <summary>The ids of the first two reported results of COOS-7.</summary>
    public static async Task<(Guid A, Guid B)> ReportedAsync(HttpClient client)
    {
        var rows = (JsonArray)(await client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=2&kind=reported"))["rows"]!;
        return ((Guid)rows[0]!["id"]!, (Guid)rows[1]!["id"]!);
    }
}
