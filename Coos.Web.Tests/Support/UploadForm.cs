using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>A multipart form of a submission.</summary>
internal sealed class UploadForm
{
    /// <summary>The content of the request.</summary>
    public MultipartFormDataContent Content { get; } = [];

    /// <summary>Creates a form for the tiny benchmark. Tests use their names as submitters so that no submission is a duplicate.</summary>
    public static UploadForm Tiny(string submitter, string method = "Method") =>
        new UploadForm().Field("benchmark", TinyBenchmark.Slug).Field("method", method).Field("submitter", submitter);

    public UploadForm Field(string name, string value)
    {
        Content.Add(new StringContent(value), name);
        return this;
    }

    public UploadForm File(string part, string text, string? name = null) => File(part, Encoding.UTF8.GetBytes(text), name);

    public UploadForm File(string part, byte[] content, string? name = null)
    {
        Content.Add(new ByteArrayContent(content), part, name ?? part + ".csv");
        return this;
    }

    /// <summary>Adds complete predictions of test1.</summary>
    public UploadForm Test1(params int[] labels) => File("test1", TinyBenchmark.Predictions("test1", labels));

    /// <summary>Adds complete predictions of test2.</summary>
    public UploadForm Test2(params int[] labels) => File("test2", TinyBenchmark.Predictions("test2", labels));
}
