using Coos.Server.Problems;
using Coos.Shared.Datasets;

namespace Coos.Web.Images;

/// <summary>An image on a contact sheet.</summary>
/// <param name="Png">The picture; null if the image cannot be read.</param>
/// <param name="Problem">Why it cannot be read, in a few words; null if it can.</param>
/// <param name="Left">The left end of its box, in units.</param>
/// <param name="Top">The upper end of its box, in units.</param>
/// <param name="Width">The width of the picture, in units; it is centred in its box.</param>
/// <param name="Height">The height of the picture, in units.</param>
/// <param name="Texts">The lines below it, the id first.</param>
internal sealed record SheetTile(
    byte[]? Png,
    string? Problem,
    double Left,
    double Top,
    double Width,
    double Height,
    IReadOnlyList<string> Texts
)
{
    /// <summary>The left end of the picture, in units.</summary>
    public double PictureLeft => Left + ((ContactSheet.TileSide - Width) / 2);

    /// <summary>The upper end of the picture, in units.</summary>
    public double PictureTop => Top + ((ContactSheet.TileSide - Height) / 2);

    /// <summary>Creates the tile of an image.</summary>
    /// <param name="drawn">Its picture, or why there is none.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="left">The left end of its box, in units.</param>
    /// <param name="top">The upper end of its box, in units.</param>
    /// <param name="texts">The lines below it.</param>
    public static SheetTile Create(Result<byte[]> drawn, ImageShape shape, double left, double top, IReadOnlyList<string> texts)
    {
        var scale = ContactSheet.TileSide / (double)Math.Max(shape.Width, shape.Height);
        return drawn.TryGet(out var png, out var refusal)
            ? new SheetTile(png, null, left, top, scale * shape.Width, scale * shape.Height, texts)
            : new SheetTile(null, refusal.Title, left, top, ContactSheet.TileSide, ContactSheet.TileSide, texts);
    }
}
