using System.Globalization;
using Coos.Server.Images;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Web.Operations;

namespace Coos.Web.Images;

/// <summary>How the images of a page are drawn: what the images are, and the parameters in the address of the page.</summary>
/// <param name="Shape">The shape of the images.</param>
/// <param name="Names">The names of their channels; may be fewer, or empty.</param>
/// <param name="Channels">The value of <c>channels</c>; empty for the default.</param>
/// <param name="Contrast">The contrast; 1 for the default.</param>
public sealed record ImageLook(ImageShape Shape, IReadOnlyList<string> Names, string Channels, double Contrast)
{
    /// <summary>The steps of the contrast in a form.</summary>
    public const double ContrastStep = 0.25;

    /// <summary>The size in pixels beyond which an image is drawn smaller in a list.</summary>
    private const int LargestTile = 192;

    /// <summary>The look of a page without images.</summary>
    public static ImageLook None { get; } = new(default, [], "", 1);

    /// <summary>Reads the parameters of an address; invalid ones are ignored.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="images">The images of the page.</param>
    /// <param name="query">The parameters.</param>
    internal static ImageLook Read(Benchmark benchmark, SplitImages images, IQueryCollection query)
    {
        var (shape, names) = (images.Shape, images.NameChannels(benchmark));
        var channels = query.Text("channels").Trim();
        return new ImageLook(
            shape,
            names,
            TileLook.Read(channels, null, null, shape, names).TryGet(out _, out _) ? channels : "",
            TileLook.Read(null, null, query.Text("contrast"), shape, names).TryGet(out var look, out _) ? look.Contrast : 1
        );
    }

    /// <summary>The contrast as text.</summary>
    public string ContrastText => Contrast.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The first two channels in colour, or the only one.</summary>
    public string DefaultTitle =>
        Shape.Channels > 1 ? $"{TileLook.Name(0, Names)} and {TileLook.Name(1, Names)}, in colour" : TileLook.Name(0, Names);

    /// <summary>Adds the parameters to an address.</summary>
    /// <param name="address">The address, with or without parameters.</param>
    public string AddTo(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string[] parts =
        [
            .. Channels.Length > 0 ? [$"channels={Uri.EscapeDataString(Channels)}"] : Array.Empty<string>(),
            .. Contrast != 1 ? [$"contrast={ContrastText}"] : Array.Empty<string>(),
        ];
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return parts.Length == 0 ? address : address + separator + string.Join('&', parts);
    }

    /// <summary>The address of a picture in a list.</summary>
    /// <param name="picture">Its address without parameters.</param>
    public string TileAddress(string picture) =>
        AddTo(Math.Max(Shape.Width, Shape.Height) > LargestTile ? $"{picture}?size={LargestTile}" : picture);
}
