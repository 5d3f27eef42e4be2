using System.Globalization;
using System.Xml;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using Coos.Web.Components;

namespace Coos.Web.Images;

/// <summary>A page of a list of images as a figure: the same geometry for the SVG file and the PNG file. Lengths are in units.</summary>
internal sealed record ContactSheet
{
    /// <summary>The space around everything.</summary>
    public const int Margin = 28;

    /// <summary>The side of the box of an image.</summary>
    public const int TileSide = 128;

    /// <summary>The size of the title.</summary>
    public const int TitleSize = 22;

    /// <summary>The size of the lines below the title, and of the scale.</summary>
    public const int LineSize = 14;

    /// <summary>The size of the text below an image.</summary>
    public const int TextSize = 11;

    /// <summary>The width of the bar that shows the colours of a channel.</summary>
    public const int BarWidth = 160;

    /// <summary>The height of that bar.</summary>
    public const int BarHeight = 12;

    /// <summary>The distance between the baselines of the text below an image.</summary>
    private const int TextHeight = 14;

    private const int LineHeight = 20;
    private const int Gap = 12;
    private const int ChannelWidth = 200;

    /// <summary>The width of the note about the scale.</summary>
    private const int NoteWidth = 400;

    /// <summary>The height of the scale with the space above it.</summary>
    private const int ScaleHeight = 72;

    /// <summary>The size in pixels up to which the image of a tile is drawn as it is; the file has twice the units in pixels.</summary>
    private const int MaximumPixels = 2 * TileSide;

    private const int MinimumColumns = 5;

    /// <summary>Columns divided by rows that make a whole page about as wide as a screen of 16:9, tiles being higher than wide.</summary>
    private const double ColumnsPerRow = 2.3;

    /// <summary>What is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Further lines.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The images.</summary>
    public required IReadOnlyList<SheetTile> Tiles { get; init; }

    /// <summary>The scale: the channels and their intensities.</summary>
    public required IReadOnlyList<SheetChannel> Channels { get; init; }

    /// <summary>What the scale means.</summary>
    public required IReadOnlyList<string> ScaleNote { get; init; }

    /// <summary>The width.</summary>
    public required double Width { get; init; }

    /// <summary>The height.</summary>
    public required double Height { get; init; }

    /// <summary>The upper end of the bars of the scale.</summary>
    public double ScaleTop => Height - Margin - ScaleHeight + 32;

    /// <summary>The left end of the note about the scale.</summary>
    public double ScaleNoteLeft => NoteLeft(Channels.Count);

    /// <summary>The baseline of a line of the note about the scale.</summary>
    public double ScaleNoteAt(int index) => ScaleTop + (index * 18) + 2;

    /// <summary>The baseline of the title.</summary>
    public static double TitleAt => Margin + TitleSize - 4;

    /// <summary>The baseline of a line below the title.</summary>
    public static double LineAt(int index) => Margin + TitleSize + ((index + 1) * LineHeight);

    /// <summary>The baseline of a line below an image.</summary>
    public static double TextAt(SheetTile tile, int index) => tile.Top + TileSide + ((index + 1) * TextHeight) + 1;

    /// <summary>Creates the figure of a page of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="look">How the images are drawn.</param>
    /// <param name="tiles">Draws images.</param>
    /// <param name="windows">The intensities of the scale.</param>
    /// <returns>The figure, or why none can be drawn.</returns>
    public static Result<ContactSheet> Create(ImageListFile list, TileLook look, TileStore tiles, IntensityWindows windows)
    {
        var shown = list.Selection.Take(list.Query);
        if (shown.Count == 0)
        {
            return Refusal.NotFound("The page of this list has no images, so there is nothing to draw.");
        }

        var images = list.Selection.Images;
        if (!FindChannels(list, look, windows).TryGet(out var channels, out var refusal))
        {
            return refusal;
        }

        var lines = FindLines(list, shown.Count);
        var placed = PlaceTiles(list, shown, LineAt(lines.Count), look, tiles);
        var right = placed.Max(t => t.Left) + TileSide;
        var width = Math.Max(right, NoteLeft(channels.Count) + NoteWidth) + Margin;
        var title = $"{list.Title}, {list.Split.Title} of {list.Folder.Benchmark.Name}";
        return new ContactSheet
        {
            Title = Clean(ChartLabel.Fit(title, width - (2 * Margin), TitleSize)),
            Lines = [.. lines.Select(l => Clean(ChartLabel.Fit(l, width - (2 * Margin), LineSize)))],
            Tiles = placed,
            Channels = channels,
            ScaleNote =
            [
                "Intensities in the dataset that are black and fully bright,",
                FormattableString.Invariant($"the same for all images. Images: {images.Shape.Width} by {images.Shape.Height} pixels."),
            ],
            Width = width,
            Height = placed.Max(t => TextAt(t, t.Texts.Count)) + ScaleHeight + Margin,
        };
    }

    private static List<SheetTile> PlaceTiles(
        ImageListFile list,
        IReadOnlyList<ListedImage> shown,
        double top,
        TileLook look,
        TileStore tiles
    )
    {
        var images = list.Selection.Images;
        var texts = shown.Select(i => Describe(list, i)).ToList();
        var columns = Math.Max(MinimumColumns, (int)Math.Ceiling(Math.Sqrt(ColumnsPerRow * shown.Count)));
        var rowHeight = TileSide + (texts.Max(t => t.Count) * TextHeight) + Gap + 4;
        var drawn = look with { Size = Math.Clamp(Math.Max(images.Shape.Width, images.Shape.Height), Tile.MinimumSize, MaximumPixels) };
        return
        [
            .. shown.Select(
                (image, i) =>
                    SheetTile.Create(
                        tiles.Draw(list.Folder, list.Split, images, image.Position, drawn),
                        images.Shape,
                        Margin + (i % columns * (TileSide + Gap)),
                        top + (i / columns * rowHeight),
                        texts[i]
                    )
            ),
        ];
    }

    /// <summary>The left end of the note about the scale, which follows the channels.</summary>
    private static double NoteLeft(int channels) => Margin + ((channels - 1) * ChannelWidth) + BarWidth + 40;

    /// <summary>Replaces characters that XML cannot have, which an id may have.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    private static List<string> Describe(ImageListFile list, ListedImage image) =>
        [
            .. ImageTexts
                .DescribeTile(image.Document, list.Folder.Benchmark, list.IsOfAll)
                .Prepend(image.Document.Id)
                .Select(t => Clean(ChartLabel.Fit(t, TileSide, TextSize))),
        ];

    private static List<string> FindLines(ImageListFile list, int count)
    {
        var first = ((list.Query.Page - 1) * ImageQuery.PageSize) + 1;
        var range = count == list.Selection.Count ? "" : FormattableString.Invariant($"Images {first:N0} to {first + count - 1:N0}, ");
        var order = $"{range}{list.Selection.Order}.";
        var note = list.Folder.Benchmark.Simulation is null ? "" : " The images are simulated.";
        return [list.Sentence, $"{char.ToUpperInvariant(order[0])}{order[1..]}{note}"];
    }

    private static Result<IReadOnlyList<SheetChannel>> FindChannels(ImageListFile list, TileLook look, IntensityWindows windows)
    {
        var images = list.Selection.Images;
        var names = images.NameChannels(list.Folder.Benchmark);
        try
        {
            var ranges = windows.Get(list.Folder, images);
            SheetChannel[] channels =
            [
                .. look.Channels.Select(
                    (channel, i) =>
                        new SheetChannel(
                            Clean(ChartLabel.Fit(TileLook.Name(channel, names), BarWidth, LineSize)),
                            SheetChannel.ColourOf(i, look.Channels.Count),
                            Number(ranges[channel].Low),
                            Number(ranges[channel].WithContrast(look.Contrast).High),
                            Margin + (i * ChannelWidth)
                        )
                ),
            ];
            return channels;
        }
        catch (DatasetException)
        {
            return new Refusal(
                RefusalKind.Conflict,
                "Images cannot be read",
                $"The images of {list.Split.Title} cannot be read, so their brightness is not known. The server's log has the cause."
            );
        }
    }

    private static string Number(float value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
