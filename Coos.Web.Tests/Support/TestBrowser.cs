using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A browser without scripts: keeps cookies, fills in forms with their hidden fields, follows nothing by itself.</summary>
internal sealed partial class TestBrowser(Uri address)
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, Cancellation);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, Cancellation);

    /// <summary>The text of a page that must be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.ReadTextAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return text;
    }

    /// <summary>Opens a page and sends the form of this name on it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent([.. await HiddenAsync(path, form), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);
        return await _client.PostAsync(path, content, Cancellation);
    }

    /// <summary>Opens a page and sends the form of this name with a file.</summary>
    /// <returns>The page that comes back.</returns>
    public async Task<string> UploadAsync(string path, string form, string file, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent { { new StringContent(file), "file", "labels.csv" } };
        foreach (var (name, value) in (await HiddenAsync(path, form)).Select(f => (f.Key, f.Value)).Concat(fields))
        {
            content.Add(new StringContent(value), name);
        }

        using var answer = await _client.PostAsync(path, content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadTextAsync();
    }

    private async Task<List<KeyValuePair<string, string>>> HiddenAsync(string path, string form)
    {
        var page = await ReadAsync(path);
        var html = Form().Matches(page).Select(m => m.Value).SingleOrDefault(f => f.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        Assert.True(html is not null, $"{path} has no form {form}:\n{page}");
        return [.. Hidden().Matches(html).Select(m => new KeyValuePair<string, string>(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)))];
    }

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
