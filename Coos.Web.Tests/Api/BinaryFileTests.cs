using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Shared.Predictions.Arrays;
using Coos.Web.Tests.Support;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>NumPy arrays and Parquet files are sent wherever CSV files are.</summary>
[Collection(ServerCollection.Name)]
public sealed class BinaryFileTests(CoosFixture server)
{
    private static readonly int[] Labels = [0, 1, 1, 1, 2, 0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["npy", "npz", "parquet", "zip of arrays"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_is_scored_like_the_same_predictions_as_text(string kind)
    {
        var byText = await server.Client.SubmitScoredAsync(UploadForm.Tiny($"Text for {kind}").Test1(Labels));
        var file = await FileAsync(kind);

        var byFile = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny($"Binary {kind}").File(kind.StartsWith("zip", StringComparison.Ordinal) ? "predictions" : "test1", file, "file")
        );

        Assert.Equal(byText["evaluation"]!["predictionsHash"]!.ToJsonString(), byFile["evaluation"]!["predictionsHash"]!.ToJsonString());
        Assert.Equal(byText["evaluation"]!["splits"]!.ToJsonString(), byFile["evaluation"]!["splits"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Checks_and_uploads_say_how_a_file_was_read(string kind)
    {
        var file = await FileAsync(kind);
        var part = kind.StartsWith("zip", StringComparison.Ordinal) ? "predictions" : "test1";
        string[] expected = kind is "npy" or "zip of arrays" ? ["row-order"] : [];

        using var response = await server.Client.ValidateAsync(UploadForm.Tiny($"Check {kind}").File(part, file, "file"));
        var upload = await UploadAsync(new UploadForm().Field("benchmark", TinyBenchmark.Slug).Field("split", "test1").File("file", file));
        using var again = await server.Client.GetAsync($"/api/uploads/{upload["id"]}", Cancellation);

        Assert.Equal(expected, Codes(await response.ReadJsonAsync()));
        Assert.Equal(expected, Codes(upload));
        Assert.Equal(expected, Codes(await again.ReadJsonAsync()));
    }

    [Fact]
    public async Task Probabilities_are_read_again_for_scoring_and_the_file_is_returned_as_it_was_sent()
    {
        await using var own = await TestServer.StartSignedInAsync();
        var owner = await TestAccount.RegisterAsync(own, "Owner");
        using var client = await owner.CreateClientAsync();
        double[] scores = [.. Labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => k == label ? 0.8 : 0.1))];
        var file = Packed.Zip(
            ("image_id.npy", Text([.. Enumerable.Range(0, 6).Select(i => $"a-{i}")])),
            ("probabilities.npy", Array("<f8", "(6, 3)", [.. scores.SelectMany(BitConverter.GetBytes)]))
        );

        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("").File("test1", file, "p.npz"));
        using var response = await client.GetAsync($"{sent["links"]!["self"]}/predictions/test1", Cancellation);

        Assert.NotNull(sent["evaluation"]!["splits"]![0]!["calibration"]);
        Assert.Equal(file, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("-test1.npz", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_split_of_an_archive_is_found_by_its_ids()
    {
        var upload = await UploadAsync(
            new UploadForm().Field("benchmark", TinyBenchmark.Slug).File("file", await FileAsync("npz"), "x.npz")
        );
        var parquet = await UploadAsync(
            new UploadForm().Field("benchmark", TinyBenchmark.Slug).File("file", await FileAsync("parquet"), "x")
        );
        using var unknown = await server.Client.PostAsync(
            "/api/uploads",
            new UploadForm().Field("benchmark", TinyBenchmark.Slug).File("file", await FileAsync("npy"), "x.npy").Content,
            Cancellation
        );

        Assert.Equal("test1", (string?)upload["split"]);
        Assert.Equal("test1", (string?)parquet["split"]);
        Assert.Contains("add a field split", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pickles_are_refused_with_the_array_and_what_to_do()
    {
        var pickle = Array("|O", "(6,)", [0x80, 3, (byte)'.']);

        using var response = await server.Client.ValidateAsync(UploadForm.Tiny("Pickle").File("test1", pickle, "x.npy"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Assert.Single(JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["errors"]!.AsArray())!;
        Assert.Equal(("test1", "array", "bad-encoding"), ((string?)error["file"], (string?)error["column"], (string?)error["code"]));
        Assert.Contains("never loaded", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_submit_page_takes_the_kinds()
    {
        var page = await server.Client.GetStringAsync($"/benchmarks/{TinyBenchmark.Slug}/submit", Cancellation);

        Assert.Contains("accept=\".csv,.tsv,.txt,.npy,.npz,.parquet,.gz,.zip\"", page, StringComparison.Ordinal);
        Assert.Contains("numpy.savez(", page, StringComparison.Ordinal);
    }

    private static string?[] Codes(JsonNode answer) =>
        [.. answer["warnings"]!.AsArray().Select(w => (string?)w!["code"]).Where(code => code is not ("not-ranked"))];

    private static async Task<byte[]> FileAsync(string kind)
    {
        using var array = new MemoryStream();
        NpyLabels.Write(Labels, array);
        string[] ids = [.. Enumerable.Range(0, 6).Select(i => $"a-{i}")];
        return kind switch
        {
            "npy" => array.ToArray(),
            "npz" => Packed.Zip(("image_id.npy", Text(ids)), ("label.npy", array.ToArray())),
            "parquet" => await ParquetAsync(ids),
            _ => Packed.Zip(("test1.npy", array.ToArray())),
        };
    }

    private static async Task<byte[]> ParquetAsync(string[] ids)
    {
        DataField[] fields = [new("image_id", typeof(string)), new("label", typeof(int))];
        using var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), content, cancellationToken: Cancellation))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(fields[0], ids);
            await group.WriteAsync<int>(fields[1], Labels, cancellationToken: Cancellation);
        }

        return content.ToArray();
    }

    private static byte[] Text(string[] texts) => Array("<U3", $"({texts.Length},)", [.. texts.SelectMany(Encoding.UTF32.GetBytes)]);

    private static byte[] Array(string type, string shape, byte[] elements)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. elements];
    }

    private async Task<JsonNode> UploadAsync(UploadForm form)
    {
        using var response = await server.Client.PostAsync("/api/uploads", form.Content, Cancellation);

        return await response.ReadJsonAsync(HttpStatusCode.Created);
    }
}
