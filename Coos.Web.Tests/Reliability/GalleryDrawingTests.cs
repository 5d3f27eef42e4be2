using System.Net;
using Coos.Web.Tests.Support;
using PureHDF;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Gallery images that the server renders from local datasets.</summary>
[OneDatabase]
public sealed class GalleryDrawingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_training_set_is_rendered_but_not_a_test_set_with_secret_labels()
    {
        var datasets = Directory.CreateTempSubdirectory("coos-datasets-").FullName;
        var tiny = Directory.CreateDirectory(Path.Combine(datasets, TinyBenchmark.Slug)).FullName;
        Write(Path.Combine(tiny, "TINY_training.hdf5"));
        Write(Path.Combine(tiny, "TINY_test1.hdf5"));
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"disclosure\": \"open\", \"images\": \"public\"");
        await server.StartAsync("web", null, $"--Coos:DatasetsDirectory={datasets}");

        var picture = await AwaitImageAsync(server, "training");

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        using var secret = await server.Client.GetAsync(
            new Uri("/benchmarks/tiny/gallery/test1/0/protein.png", UriKind.Relative),
            Cancellation
        );
        Assert.Equal(HttpStatusCode.NotFound, secret.StatusCode);
        await server.StopAsync();
        Directory.Delete(datasets, recursive: true);
    }

    /// <summary>
    /// Waits for an image. Images are rendered in the background after the start, splits in order of their names, so test1 would
    /// come first.
    /// </summary>
    private static async Task<byte[]> AwaitImageAsync(TestServer server, string split)
    {
        while (true)
        {
            using var response = await server.Client.GetAsync(
                new Uri($"/benchmarks/tiny/gallery/{split}/2/protein.png", UriKind.Relative),
                Cancellation
            );
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsByteArrayAsync(Cancellation);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static void Write(string path)
    {
        var images = new ushort[3, 1, 2, 2];
        for (var i = 0; i < 3; i++)
        {
            images[i, 0, 0, 0] = (ushort)(100 * (i + 1));
        }

        new H5File { ["data"] = images, ["labels"] = new long[] { 0, 1, 2 } }.Write(path);
    }
}
