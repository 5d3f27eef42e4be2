using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A browser without JavaScript: keeps cookies, sends forms with their hidden fields, and does not follow redirects.</summary>
internal sealed partial class TestBrowser
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),

            // A body that waits for 100-continue is sent only after the server asks for it.
            Expect100ContinueTimeout = TimeSpan.FromMinutes(2),
        }
    );

    /// <summary>Creates a browser.</summary>
    /// <param name="address">The server.</param>
    /// <param name="forwardedFor">The address that a trusted proxy reports for this browser; null for no proxy.</param>
    public TestBrowser(Uri address, string? forwardedFor = null)
    {
        _client.BaseAddress = address;
        if (forwardedFor is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, Cancellation);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, Cancellation);

    /// <summary>Reads a page that must exist.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        var text = await response.ReadTextAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
        return text;
    }

    /// <summary>Opens a page and sends its form with the given name.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent([
            .. await ReadHiddenFieldsAsync(path, form),
            .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)),
        ]);
        return await _client.PostAsync(path, content, Cancellation);
    }

    /// <summary>Opens a page and sends its form with the given action.</summary>
    public async Task<HttpResponseMessage> SendActionAsync(string path, string action)
    {
        var page = await ReadAsync(path);
        var form = Form()
            .Matches(page)
            .Select(m => m.Value)
            .SingleOrDefault(f => f.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        Assert.True(form is not null, $"{path} has no form to {action}:\n{page}");
        using var content = new FormUrlEncodedContent(ParseHiddenFields(form));
        return await _client.PostAsync(action, content, Cancellation);
    }

    /// <summary>Opens a page and sends the fields of its form to another address, as a script could.</summary>
    public async Task<HttpResponseMessage> PostFormToAsync(
        string page,
        string form,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new FormUrlEncodedContent([
            .. await ReadHiddenFieldsAsync(page, form),
            .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)),
        ]);
        return await _client.PostAsync(path, content, Cancellation);
    }

    /// <summary>Sends a form of a page that was read before.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(string path, string page, string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent([
            .. FindHiddenFields(path, page, form),
            .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)),
        ]);
        return await _client.PostAsync(path, content, Cancellation);
    }

    /// <summary>Opens a page and sends its form with the given name and a file.</summary>
    /// <returns>The response page.</returns>
    public async Task<string> UploadAsync(string path, string form, string file, params (string Name, string Value)[] fields)
    {
        using var response = await SendFileAsync(path, form, System.Text.Encoding.UTF8.GetBytes(file), fields);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadTextAsync();
    }

    /// <summary>Opens a page and sends its form with the given name and a file.</summary>
    public async Task<HttpResponseMessage> SendFileAsync(string path, string form, byte[] file, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "labels.csv" } };
        foreach (var (name, value) in (await ReadHiddenFieldsAsync(path, form)).Select(f => (f.Key, f.Value)).Concat(fields))
        {
            content.Add(new StringContent(value), name);
        }

        return await _client.PostAsync(path, content, Cancellation);
    }

    private async Task<List<KeyValuePair<string, string>>> ReadHiddenFieldsAsync(string path, string form) =>
        FindHiddenFields(path, await ReadAsync(path), form);

    private static List<KeyValuePair<string, string>> FindHiddenFields(string path, string page, string form)
    {
        var html = Form()
            .Matches(page)
            .Select(m => m.Value)
            .SingleOrDefault(f => f.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        Assert.True(html is not null, $"{path} has no form {form}:\n{page}");
        return ParseHiddenFields(html);
    }

    private static List<KeyValuePair<string, string>> ParseHiddenFields(string form) =>
        [
            .. Hidden()
                .Matches(form)
                .Select(m => new KeyValuePair<string, string>(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))),
        ];

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
