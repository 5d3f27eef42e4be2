using System.Buffers.Binary;
using System.Net;
using System.Text;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Images of unusual shapes and numbers: each is shown, or what is wrong with it is.</summary>
[OneDatabase]
public sealed class ImageInputTests
{
    private const string Images = "/api/benchmarks/tiny/splits/test1/images";
    private const string Page = "/benchmarks/tiny/images/test1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1UL, "channels=1", "channels=2")]
    [InlineData(15UL, "channels=3,9,15", "channels=16")]
    [InlineData(15UL, "channels=composite", "channels=1,2,3,4")]
    public async Task Any_number_of_channels_is_shown(ulong channels, string allowed, string wrong)
    {
        await using var server = await StartAsync(s => TinyImages.WriteHdf5(s, i => i / 2, 6, channels, 8, 8));

        Assert.Equal((8, 8), SizeOf(await server.Client.GetByteArrayAsync($"{Images}/5.png", Cancellation)));
        Assert.NotEmpty(await server.Client.GetByteArrayAsync($"{Images}/5.png?{allowed}", Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server, $"{Images}/5.png?{wrong}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Page));
        var one = await server.Client.GetStringAsync($"{Page}/5", Cancellation);
        Assert.Equal((int)channels, one.Split("class=\"histogram\"").Length - 1);
    }

    [Fact]
    public async Task Images_need_not_be_square()
    {
        await using var server = await StartAsync(s => TinyImages.WriteHdf5(s, i => i / 2, 6, 2, 20, 300));

        Assert.Equal((300, 20), SizeOf(await server.Client.GetByteArrayAsync($"{Images}/0.png", Cancellation)));
        Assert.Equal((60, 4), SizeOf(await server.Client.GetByteArrayAsync($"{Images}/0.png?size=60", Cancellation)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Page));
    }

    [Fact]
    public async Task An_image_of_another_size_than_the_others_is_refused_alone()
    {
        await using var server = await StartAsync(s =>
        {
            TinyImages.WriteTo(s);
            TinyImages.WriteOtherSize(s, 4, "nucleus");
        });

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(server, $"{Images}/a-4.png"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"{Images}/a-3.png"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"{Page}/a-4"));
    }

    [Fact]
    public async Task A_hundred_thousand_images_of_one_class_have_pages_up_to_the_last()
    {
        await using var server = await StartAsync(s => TinyImages.WriteHdf5(s, _ => 0, 100_000, 1, 2, 2));
        var rows = new StringBuilder("image_id,label\n");
        for (var i = 0; i < 100_000; i++)
        {
            rows.Append(i).Append(",1\n");
        }

        var scored = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Example Lab").File("test1", rows.ToString()));
        var last = await server.Client.GetJsonAsync($"/api/submissions/{scored["id"]}/images/test1?true=0&predicted=1&page=1667");
        var beyond = await server.Client.GetJsonAsync($"{Images}?order=id&page=1668");

        Assert.Equal((100_000, 40), ((int)last["total"]!, last["images"]!.AsArray().Count));
        Assert.Equal((100_000, 0), ((int)beyond["total"]!, beyond["images"]!.AsArray().Count));
        Assert.Contains(
            "Page 1667 of 1667",
            await server.Client.GetStringAsync($"{Page}?page=1667", Cancellation),
            StringComparison.Ordinal
        );
        Assert.Equal((2, 2), SizeOf(await server.Client.GetByteArrayAsync($"{Images}/99999.png", Cancellation)));
    }

    private static async Task<TestServer> StartAsync(Action<TestServer> write)
    {
        var server = new TestServer();
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"labelsPublic\": true, \"images\": \"public\"");
        write(server);
        await server.StartAsync();
        return server;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string address)
    {
        using var response = await server.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        return response.StatusCode;
    }

    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
