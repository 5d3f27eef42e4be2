using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Coos.Web.Components;

/// <summary>
/// MudBlazor's theme as a style sheet. Its provider writes 12 kB of style elements into every page, which the content
/// security policy forbids. Rendered once, they become a file that browsers cache.
/// </summary>
internal sealed partial class ThemeSheet
{
    private ThemeSheet(string css)
    {
        Css = css;
        Address = $"/css/mud-theme.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)))[..12]}.css";
    }

    /// <summary>The style sheet.</summary>
    public string Css { get; }

    /// <summary>Its address, which contains a hash of its content.</summary>
    public string Address { get; }

    /// <summary>Renders the theme.</summary>
    public static ThemeSheet Render(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = CoosTheme.Theme,
                [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
            }
        );
        var html = renderer
            .Dispatcher.InvokeAsync(async () =>
            {
                var provider = await renderer.RenderComponentAsync<MudThemeProvider>(parameters);
                return provider.ToHtmlString();
            })
            .GetAwaiter()
            .GetResult();
        return new ThemeSheet(string.Join('\n', Styles().Matches(html).Select(m => m.Groups["css"].Value.Trim())));
    }

    /// <summary>Serves the style sheet with an unlimited cache lifetime, since a changed sheet has another address.</summary>
    public static void Map(WebApplication app)
    {
        var theme = app.Services.GetRequiredService<ThemeSheet>();
        app.MapGet(
                theme.Address,
                (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return TypedResults.Text(theme.Css, "text/css");
                }
            )
            .ExcludeFromDescription();
    }

    [GeneratedRegex("<style[^>]*>(?<css>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();
}
