using System.Text.RegularExpressions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>The form of the submit page, filled in as by a browser without JavaScript.</summary>
internal sealed partial class SubmitForm
{
    private readonly HttpClient _client;
    private readonly UploadForm _form = new();

    private SubmitForm(HttpClient client, string address) => (_client, Address) = (client, address);

    /// <summary>The address of the form.</summary>
    public string Address { get; }

    /// <summary>Opens the page and copies its hidden fields.</summary>
    public static async Task<SubmitForm> OpenAsync(HttpClient client, string benchmark)
    {
        var address = $"/benchmarks/{benchmark}/submit";
        var page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
        var form = new SubmitForm(client, address);
        foreach (Match field in Hidden().Matches(page))
        {
            form.Field(field.Groups["name"].Value, field.Groups["value"].Value);
        }

        return form;
    }

    public SubmitForm Field(string name, string value)
    {
        _form.Field(name, value);
        return this;
    }

    public SubmitForm Test1(params int[] labels)
    {
        _form.Test1(labels);
        return this;
    }

    public SubmitForm File(string part, string text)
    {
        _form.File(part, text);
        return this;
    }

    /// <summary>Sends the form to its page, or to another server.</summary>
    public Task<HttpResponseMessage> SendAsync(Uri? elsewhere = null) =>
        _client.PostAsync(elsewhere ?? new Uri(Address, UriKind.Relative), _form.Content, TestContext.Current.CancellationToken);

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
