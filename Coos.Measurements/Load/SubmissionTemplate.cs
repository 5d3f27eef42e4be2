using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary>
/// The form of a submission as bytes, rendered once, because a load generator that builds forms would measure itself. Each
/// submission differs from all others in its name and in the labels of a few images, so that none is a duplicate.
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
    /// <param name="splits">The splits and their number of images.</param>
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
                    $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}.csv\"\r\n"
                )
                .Append("Content-Type: text/csv\r\n\r\nimage_id,label\n");
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

    /// <summary>The size of a form in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Formats the method name of a submission.</summary>
    public static string FormatMethod(int number) => string.Create(CultureInfo.InvariantCulture, $"method-{number:000000000}");

    /// <summary>Creates the form of one submission.</summary>
    /// <param name="number">The number of the submission; each gives different predictions.</param>
    public HttpContent CreateForm(int number)
    {
        var bytes = _bytes.ToArray();
        Encoding.ASCII.GetBytes(FormatMethod(number).AsSpan()[^9..], bytes.AsSpan(_method));
        var rest = number;
        foreach (var offset in _labels)
        {
            bytes[offset] = (byte)('0' + (rest % Classes));
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
