using System.Globalization;
using System.Text;

namespace Coos.Measurements.Server;

/// <summary>A benchmark folder for a server under test, and prediction files for it.</summary>
internal sealed class ServerBenchmark : IDisposable
{
    /// <summary>Its slug.</summary>
    public const string Slug = "measured";

    /// <summary>How many classes it has.</summary>
    public const int Classes = 7;

    private readonly string _root = Directory.CreateTempSubdirectory("coos-benchmark-").FullName;
    private readonly Random _random = new(11);
    private readonly (string Name, int Images)[] _splits;

    /// <summary>Writes a benchmark with some splits.</summary>
    public ServerBenchmark(params (string Name, int Images)[] splits)
    {
        _splits = splits;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "labels"));
        var classes = string.Join(",", Enumerable.Range(0, Classes).Select(k => $$"""{ "index": {{k}}, "name": "Class {{k}}" }"""));
        var manifest = string.Join(",", splits.Select(s => $$"""{ "name": "{{s.Name}}", "role": "shifted" }"""));
        File.WriteAllText(
            System.IO.Path.Combine(Path, "benchmark.json"),
            $$"""{ "slug": "{{Slug}}", "name": "Measured", "summary": "For measurements.", "classes": [{{classes}}], "splits": "
                + "[{{manifest}}] }"""
        );
        foreach (var (name, images) in splits)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "labels", name + ".csv"), Rows(images, "image_id,label\n"));
        }
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_root, Slug);

    /// <summary>A complete submission with predictions of its own: ids and classes, or ids and probabilities of four decimals.</summary>
    public MultipartFormDataContent Submission(string method, bool probabilities = false)
    {
        var form = Fields(method);
        foreach (var (name, images) in _splits)
        {
            var rows = probabilities ? ProbabilityRows(images) : Rows(images, "image_id,label\n");
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(rows)), name, name + ".csv");
        }

        return form;
    }

    /// <summary>The fields of a submission, without files.</summary>
    public static MultipartFormDataContent Fields(string method) =>
        new()
        {
            { new StringContent(Slug), "benchmark" },
            { new StringContent(method), "method" },
            { new StringContent("Coos.Measurements"), "submitter" },
        };

    /// <summary>The lines of a prediction file of the first split with probabilities, padded with decimals to a size.</summary>
    public byte[] ProbabilitiesOfSize(int bytes)
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

    private string ProbabilityRows(int images)
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

    private string Rows(int images, string header)
    {
        var text = new StringBuilder(header);
        for (var i = 0; i < images; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{_random.Next(Classes)}\n");
        }

        return text.ToString();
    }
}
