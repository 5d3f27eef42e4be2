using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary>
/// A submission's form as bytes, rendered once. Each one that is sent differs from all others in the labels of a few
/// images and in its name, so that none is a repetition; a load generator that builds forms would measure itself.
/// </summary>
internal sealed class SubmissionTemplate
{
    private const string Boundary = "coos-load-boundary";
    private const string MethodMark = "method-000000000";
    private const int Classes = 7;
    private const int Digits = 12;

    private readonly byte[] _bytes;
    private readonly int _method;
    private readonly int[] _labels;

    /// <summary>Renders the form.</summary>
    /// <param name="splits">The splits and their numbers of images.</param>
    public SubmissionTemplate(params (string Name, int Images)[] splits)
    {
        var random = new Random(5);
        var text = new StringBuilder();
        AppendField(text, "benchmark", ServerBenchmark.Slug);
        AppendField(text, "method", MethodMark);
        AppendField(text, "submitter", "Load");
        _method = text.ToString().IndexOf(MethodMark, StringComparison.Ordinal) + MethodMark.Length - 9;
        var labels = new List<int>();
        foreach (var (name, images) in splits)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}.csv\"\r\nContent-Type: "
                    + "text/csv\r\n\r\nimage_id,label\n"
            );
            for (var i = 0; i < images; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i},{random.Next(Classes)}\n");
                if (labels.Count < Digits)
                {
                    labels.Add(text.Length - 2);
                }
            }

            text.Append("\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n");
        _bytes = Encoding.ASCII.GetBytes(text.ToString());
        _labels = [.. labels];
    }

    /// <summary>The bytes of one form.</summary>
    public int Length => _bytes.Length;

    /// <summary>The name of the method of a submission.</summary>
    public static string MethodOf(int number) => string.Create(CultureInfo.InvariantCulture, $"method-{number:000000000}");

    /// <summary>The form of one submission.</summary>
    /// <param name="number">Its number; each gives other predictions.</param>
    public HttpContent Form(int number)
    {
        var bytes = _bytes.ToArray();
        Encoding.ASCII.GetBytes(MethodOf(number).AsSpan()[^9..], bytes.AsSpan(_method));
        var rest = number;
        foreach (var place in _labels)
        {
            bytes[place] = (byte)('0' + (rest % Classes));
            rest /= Classes;
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data")
        {
            Parameters = { new NameValueHeaderValue("boundary", Boundary) },
        };
        return content;
    }

    private static void AppendField(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
}
