using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>A multipart form as participants send it.</summary>
internal sealed class UploadForm
{
    /// <summary>What is sent.</summary>
    public MultipartFormDataContent Content { get; } = [];

    /// <summary>A form for the tiny benchmark. Submitters are the tests themselves, so that none repeats another's predictions.</summary>
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

    /// <summary>Complete predictions of test1.</summary>
    public UploadForm Test1(params int[] labels) => File("test1", TinyBenchmark.Predictions("test1", labels));

    /// <summary>Complete predictions of test2.</summary>
    public UploadForm Test2(params int[] labels) => File("test2", TinyBenchmark.Predictions("test2", labels));
}
