using MudBlazor;

namespace Coos.Web.Components;

/// <summary>
/// The MudBlazor theme: typography and layout. The colours are in wwwroot/css/theme.css, as variables that follow the
/// reader's light or dark setting without a script.
/// </summary>
internal static class CoosTheme
{
    private static readonly string[] Sans = ["Inter", "Inter fallback", "Inter fallback wide", "sans-serif"];

    public static MudTheme Theme { get; } =
        new()
        {
            Typography = new Typography
            {
                Default = new DefaultTypography
                {
                    FontFamily = Sans,
                    FontSize = "15px",
                    LineHeight = "1.45",
                    LetterSpacing = "normal",
                },
                Button = new ButtonTypography
                {
                    FontFamily = Sans,
                    FontSize = "14px",
                    FontWeight = "600",
                    LetterSpacing = "normal",
                    TextTransform = "none",
                },
            },
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        };
}
