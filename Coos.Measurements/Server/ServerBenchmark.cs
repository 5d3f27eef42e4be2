using System.Globalization;
using System.Text;

namespace Coos.Measurements.Server;

/// <summary>Creates a benchmark folder for a server under test, and prediction files for it.</summary>
internal sealed class ServerBenchmark : IDisposable
{
    /// <summary>The slug of the benchmark.</summary>
    public const string Slug = "measured";

    /// <summary>The number of classes.</summary>
    public const int Classes = 7;

    private readonly string _root = Directory.CreateTempSubdirectory("coos-benchmark-").FullName;
    private readonly Random _random = new(11);
    private readonly (string Name, int Images)[] _splits;

    /// <summary>Writes a benchmark with the given splits.</summary>
    public ServerBenchmark(params (string Name, int Images)[] splits)
    {
        _splits = splits;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "labels"));
        var classes = string.Join(",", Enumerable.Range(0, Classes).Select(k => $$"""{ "index": {{k}}, "name": "Class {{k}}" }"""));
        var manifest = string.Join(",", splits.Select(s => $$"""{ "name": "{{s.Name}}", "role": "shifted" }"""));
        File.WriteAllText(
            System.IO.Path.Combine(Path, "benchmark.json"),
            $$"""
            {
              "slug": "{{Slug}}", "name": "Measured", "summary": "For measurements.", "disclosure": "open",
              "classes": [{{classes}}], "splits": [{{manifest}}]
            }
            """
        );
        foreach (var (name, images) in splits)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "labels", name + ".csv"), FormatRows(images, "image_id,label\n"));
        }
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_root, Slug);

    /// <summary>
    /// Creates a complete submission with random predictions: ids and classes, or ids and probabilities with four decimals.
    /// </summary>
    public MultipartFormDataContent CreateSubmission(string method, bool probabilities = false)
    {
        var form = CreateFields(method);
        foreach (var (name, images) in _splits)
        {
            var rows = probabilities ? FormatProbabilityRows(images) : FormatRows(images, "image_id,label\n");
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(rows)), name, name + ".csv");
        }

        return form;
    }

    /// <summary>Creates the fields of a submission, without files.</summary>
    public static MultipartFormDataContent CreateFields(string method) =>
        new()
        {
            { new StringContent(Slug), "benchmark" },
            { new StringContent(method), "method" },
            { new StringContent("Coos.Measurements"), "submitter" },
        };

    /// <summary>Creates a prediction file of the first split with probabilities, padded with decimals to a given size.</summary>
    public byte[] CreatePredictionsOfSize(int bytes)
    {
        var images = _splits[0].Images;
        var header = "image_id," + string.Join(',', Enumerable.Range(0, Classes).Select(k => $"p{k}")) + "\n";
        var perLine = (bytes - header.Length) / images;
        var text = new StringBuilder(header, bytes);
        for (var i = 0; i < images; i++)
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"{i},0.9,0.1,0.0,0.0,0.0,0.0,0.0");
            text.Append(start).Append('0', perLine - start.Length - 1).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string FormatProbabilityRows(int images)
    {
        var text = new StringBuilder("image_id," + string.Join(',', Enumerable.Range(0, Classes).Select(k => $"p{k}")) + "\n");
        for (var i = 0; i < images; i++)
        {
            var left = 10_000;
            text.Append(CultureInfo.InvariantCulture, $"{i}");
            for (var k = 0; k < Classes; k++)
            {
                var part = k < Classes - 1 ? _random.Next(left + 1) : left;
                left -= part;
                text.Append(CultureInfo.InvariantCulture, $",{part / 10_000.0:0.0000}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private string FormatRows(int images, string header)
    {
        var text = new StringBuilder(header);
        for (var i = 0; i < images; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{_random.Next(Classes)}\n");
        }

        return text.ToString();
    }
}
