using System.Globalization;
using Coos.Server.Images;
using Coos.Shared.Datasets;

namespace Coos.Web.Images;

/// <summary>How the images of a page are drawn: the parameters in its address.</summary>
/// <param name="Channels">The value of <c>channels</c>; empty for the default.</param>
/// <param name="Contrast">The contrast; 1 for the default.</param>
public sealed record ImageLook(string Channels, double Contrast)
{
    /// <summary>The steps of the contrast in a form.</summary>
    public const double ContrastStep = 0.25;

    /// <summary>The size in pixels beyond which an image is drawn smaller in a list.</summary>
    private const int LargestTile = 192;

    /// <summary>Reads the parameters of an address; invalid ones are ignored.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="contrast">The contrast.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="names">The names of the channels.</param>
    public static ImageLook Read(string? channels, string? contrast, ImageShape shape, IReadOnlyList<string> names) =>
        new(
            TileLook.Read(channels, null, null, shape, names).TryGet(out _, out _) ? channels?.Trim() ?? "" : "",
            TileLook.Read(null, null, contrast, shape, names).TryGet(out var look, out _) ? look.Contrast : 1
        );

    /// <summary>The contrast as text.</summary>
    public string ContrastText => Contrast.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The parameters, to be added to the address of a page: empty, or starting with the separator.</summary>
    /// <param name="separator">? or &amp;.</param>
    public string ToQueryString(char separator)
    {
        var parts = new List<string>();
        if (Channels.Length > 0)
        {
            parts.Add($"channels={Uri.EscapeDataString(Channels)}");
        }

        if (Contrast != 1)
        {
            parts.Add($"contrast={ContrastText}");
        }

        return parts.Count == 0 ? "" : separator + string.Join('&', parts);
    }

    /// <summary>The address of a picture in a list.</summary>
    /// <param name="picture">Its address without parameters.</param>
    /// <param name="shape">The shape of the images.</param>
    public string TileAddress(string picture, ImageShape shape)
    {
        var parameters = ToQueryString('?');
        var isLarge = Math.Max(shape.Width, shape.Height) > LargestTile;
        return picture + parameters + (isLarge ? $"{(parameters.Length > 0 ? '&' : '?')}size={LargestTile}" : "");
    }
}
