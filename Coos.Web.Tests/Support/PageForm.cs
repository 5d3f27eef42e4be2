using System.Text.RegularExpressions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>The form of the submit page, filled in as a browser without scripts does.</summary>
internal sealed partial class PageForm
{
    private readonly HttpClient _client;
    private readonly UploadForm _form = new();

    private PageForm(HttpClient client, string address) => (_client, Address) = (client, address);

    /// <summary>Where the form is sent.</summary>
    public string Address { get; }

    /// <summary>Opens the page, and takes over its hidden fields.</summary>
    public static async Task<PageForm> OpenAsync(HttpClient client, string benchmark)
    {
        var address = $"/benchmarks/{benchmark}/submit";
        var page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
        var form = new PageForm(client, address);
        foreach (Match field in Hidden().Matches(page))
        {
            form.Field(field.Groups["name"].Value, field.Groups["value"].Value);
        }

        return form;
    }

    public PageForm Field(string name, string value)
    {
        _form.Field(name, value);
        return this;
    }

    public PageForm Test1(params int[] labels)
    {
        _form.Test1(labels);
        return this;
    }

    /// <summary>Sends it to its page, or to that of another server.</summary>
    public Task<HttpResponseMessage> SendAsync(Uri? elsewhere = null) =>
        _client.PostAsync(elsewhere ?? new Uri(Address, UriKind.Relative), _form.Content, TestContext.Current.CancellationToken);

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
