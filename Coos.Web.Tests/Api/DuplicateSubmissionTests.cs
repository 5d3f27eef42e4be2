using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>A submitter cannot send the same predictions twice, in any notation.</summary>
[Collection(ServerCollection.Name)]
public sealed class DuplicateSubmissionTests(CoosFixture server)
{
    [Fact]
    public async Task Duplicate_predictions_of_a_submitter_are_rejected_with_a_link_to_the_first()
    {
        const string Submitter = "The same submitter";
        var first = await server.Client.SubmitScoredAsync(UploadForm.Tiny(Submitter).Test1(0, 0, 1, 1, 2, 2));
        var before = await StoredRows.CountAsync(server.Services);
        UploadForm[] again =
        [
            UploadForm.Tiny(Submitter, "Another name of the method").Test1(0, 0, 1, 1, 2, 2),
            UploadForm
                .Tiny(" the SAME submitter ")
                .File("test1", "label;image_id\r\n2;a-5\r\n2;a-4\r\n1;a-3\r\nS;a-2\r\nround;a-1\r\n0;a-0\r\n"),
            UploadForm.Tiny(Submitter).File("predictions", Packed.Zip(("test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2)))),
        ];

        foreach (var form in again)
        {
            using var response = await server.Client.SubmitAsync(form);

            await Duplicate((string)first["id"]!).AssertAsync(response);
        }

        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task Equal_predictions_of_another_submitter_or_for_other_splits_are_accepted()
    {
        var one = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Submitter one").Test1(0, 0, 1, 1, 2, 0));
        var two = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Submitter two").Test1(0, 0, 1, 1, 2, 0));
        var more = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Submitter one").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 2));

        Assert.Equal((string?)one["evaluation"]!["predictionsHash"], (string?)two["evaluation"]!["predictionsHash"]);
        Assert.NotEqual((string?)one["evaluation"]!["predictionsHash"], (string?)more["evaluation"]!["predictionsHash"]);
    }

    private static ExpectedProblem Duplicate(string id) =>
        new(
            HttpStatusCode.Conflict,
            "Predictions already submitted",
            $"Nothing was stored. The same submitter already sent the same predictions as submission {id}; see its scores."
        )
        {
            Submission = id,
        };
}
