using System.Globalization;
using System.Text;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Gallery;

/// <summary>A benchmark folder with a large simulated HDF5 file of public images, and an entry that is often wrong.</summary>
internal sealed class GalleryBenchmark : IDisposable
{
    /// <summary>The slug of the benchmark.</summary>
    public const string Slug = "gallery";

    private const int Classes = 7;
    private const string Split = "test4";

    private readonly string _root = Directory.CreateTempSubdirectory("coos-gallery-").FullName;
    private readonly SimulatedSplit _images;

    /// <summary>Writes the benchmark.</summary>
    /// <param name="scale">The number of images relative to the 3,077 of coos-sim's last set.</param>
    public GalleryBenchmark(double scale)
    {
        var parameters = new SimulationParameters();
        WriteFile(new SimulatedSplit(parameters, 0, SimulationParameters.DefaultSeed), "training");
        parameters = parameters with { Design = parameters.Design.Scaled(scale) };
        _images = new SimulatedSplit(parameters, parameters.Design.Splits.Count - 1, SimulationParameters.DefaultSeed);
        File = WriteFile(_images, Split);
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "labels"));
        System.IO.File.WriteAllText(System.IO.Path.Combine(Path, "labels", Split + ".csv"), WriteRows(label => label));
        var classes = string.Join(",", Enumerable.Range(0, Classes).Select(k => $$"""{ "index": {{k}}, "name": "Class {{k}}" }"""));
        System.IO.File.WriteAllText(
            System.IO.Path.Combine(Path, "benchmark.json"),
            $$"""
            {
              "slug": "{{Slug}}", "name": "Gallery", "summary": "For measurements.", "disclosure": "open",
              "images": "public", "labelsPublic": true, "classes": [{{classes}}],
              "splits": [{ "name": "training", "role": "training" }, { "name": "{{Split}}", "role": "shifted" }]
            }
            """
        );
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_root, Slug);

    /// <summary>The HDF5 file of the images that are looked at.</summary>
    public FileInfo File { get; }

    /// <summary>The number of images in the file.</summary>
    public int Images => _images.Count;

    /// <summary>Creates the submission of an entry that is wrong on half of the images.</summary>
    public MultipartFormDataContent CreateSubmission()
    {
        var random = new Random(5);
        var rows = WriteRows(label => random.Next(2) == 0 ? label : random.Next(Classes));
        return new MultipartFormDataContent
        {
            { new StringContent(Slug), "benchmark" },
            { new StringContent("Half right"), "method" },
            { new StringContent("Coos.Measurements"), "submitter" },
            { new ByteArrayContent(Encoding.ASCII.GetBytes(rows)), Split, Split + ".csv" },
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private FileInfo WriteFile(SimulatedSplit images, string split)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "images"));
        var path = System.IO.Path.Combine(folder.FullName, SimulatedFile.FileName(split));
        SimulatedFile.Write(images, path);
        return new FileInfo(path);
    }

    private string WriteRows(Func<int, int> predict)
    {
        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < _images.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{predict((int)_images.Labels[i])}\n");
        }

        return text.ToString();
    }
}
