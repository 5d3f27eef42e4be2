using System.CommandLine;
using System.Globalization;
using System.Text;
using Coos.Baselines.Models;
using Coos.Cli.Baseline;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;

namespace Coos.Cli.Data;

/// <summary><c>coos data index</c>: finds the nearest training images of every image.</summary>
internal static class IndexCommand
{
    private const int DefaultNeighbours = 8;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Argument<string>("DIR") { Description = "A folder of *_training.hdf5, *_test1.hdf5, ... or of TIFF folders" };
        var output = new Option<string?>("--out")
        {
            Description = "The folder for nearest/SPLIT.csv.gz; DIR by default, where the server looks for it",
            HelpName = "FOLDER",
        };
        var neighbours = new Option<int>("--neighbours")
        {
            Description = "The number of training images per image",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultNeighbours,
        };
        var cache = new Option<string?>("--cache")
        {
            Description = "A folder of cached features, such as .features of a texture baseline",
            HelpName = "FOLDER",
        };
        var distances = BaselineArguments.Distances();
        neighbours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > NeighbourFile.MaximumNeighbours)
            {
                result.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"--neighbours must be 1 to {NeighbourFile.MaximumNeighbours}")
                );
            }
        });
        return new Command("index", "Find the nearest training images of each image, by texture, for the server to show")
        {
            data,
            output,
            neighbours,
            cache,
            distances,
        }.Runs(
            (parsed, cancellation) =>
            {
                var folder = parsed.GetRequiredValue(data);
                var request = new IndexRequest(folder, parsed.GetValue(output) ?? folder, parsed.GetValue(neighbours))
                {
                    Cache = parsed.GetValue(cache),
                    Texture = new() { Distances = BaselineArguments.ParseDistances(parsed.GetValue(distances)) },
                };
                Write(request, cancellation);
            }
        );
    }

    /// <summary>Computes the indexes of all splits, and then writes their files.</summary>
    private static void Write(IndexRequest request, CancellationToken cancellation)
    {
        var files = NeighbourIndexer.Compute(request, cancellation);
        foreach (var (split, text) in files)
        {
            var path = NeighbourIndex.PathOf(request.Output, split);
            CreateFolder(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, PortableGZip.Compress(Encoding.UTF8.GetBytes(text)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length} bytes"));
        }
    }

    private static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, null, fault.Message, fault);
        }
    }
}
