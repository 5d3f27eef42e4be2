using System.Text.Json.Serialization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Images;

/// <summary>An image in a list.</summary>
public sealed record ImageDocument
{
    /// <summary>The image.</summary>
    public required string Id { get; init; }

    /// <summary>The index of its class.</summary>
    public int? True { get; init; }

    /// <summary>The index of the predicted class; in the list of a benchmark, the class with most votes of its entries.</summary>
    public int? Predicted { get; init; }

    /// <summary>The probability of the predicted class, 0..1; absent without probabilities.</summary>
    public double? Confidence { get; init; }

    /// <summary>The share of wrong votes of the entries, 0..1; absent while it is being computed.</summary>
    public double? WrongShare { get; init; }

    /// <summary>The well, if the labels have wells.</summary>
    public string? Well { get; init; }

    /// <summary>The position of the well on its plate, such as A01; absent if the name of the well is not a position.</summary>
    public string? Position { get; init; }

    /// <summary>The plate, if the labels have plates.</summary>
    public string? Plate { get; init; }

    /// <summary>Where its page and picture are; absent for an id that no address can have.</summary>
    public ImageLinks? Links { get; init; }

    /// <summary>Describes an image and its label.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="wells">Finds the position of its well.</param>
    /// <param name="image">The canonical position of the image.</param>
    internal static ImageDocument Of(Benchmark benchmark, string split, SplitLabels labels, ImageWells wells, int image)
    {
        var id = labels.Images.Id(image);
        return new ImageDocument
        {
            Id = id,
            True = labels.Classes[image],
            Well = labels.Wells?[image],
            Position = wells.FindPosition(benchmark, labels, image),
            Plate = labels.Plates?[image],
            Links = ImageLinks.Of(benchmark.Slug, split, id),
        };
    }
}

/// <summary>A page of images.</summary>
public sealed record ImageListDocument
{
    /// <summary>The images of the page.</summary>
    public required IReadOnlyList<ImageDocument> Images { get; init; }

    /// <summary>The number of images on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>The page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The maximum number of images per page.</summary>
    public int PageSize { get; init; } = ImageQuery.PageSize;

    /// <summary>A list without images.</summary>
    internal static ImageListDocument Empty { get; } =
        new()
        {
            Images = [],
            Total = 0,
            Page = 1,
        };

    /// <summary>The number of pages, at least 1.</summary>
    [JsonIgnore]
    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>The addresses of an image.</summary>
/// <param name="Page">Its page.</param>
/// <param name="Picture">Its picture, as PNG.</param>
/// <param name="Tiff">Its samples in all channels, as TIFF.</param>
public sealed record ImageLinks(string Page, string Picture, string Tiff)
{
    /// <summary>Finds the addresses of an image.</summary>
    /// <returns>Null for an id that browsers change in an address: with a part that is empty, or one or two dots.</returns>
    public static ImageLinks? Of(string slug, string split, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var parts = id.Split('/');
        if (parts.Any(p => p is "" or "." or ".."))
        {
            return null;
        }

        var path = string.Join('/', parts.Select(Uri.EscapeDataString));
        var file = $"/api/benchmarks/{slug}/splits/{split}/images/{path}";
        return new ImageLinks($"/benchmarks/{slug}/images/{split}/{path}", file + ".png", file + ".tif");
    }
}
