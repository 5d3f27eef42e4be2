namespace Coos.Server.Images;

/// <summary>All images of a list that the viewer may see, in order. They are described only as far as they are shown.</summary>
/// <param name="images">The images of the split.</param>
/// <param name="positions">The canonical positions of the listed images, in the order of the list.</param>
/// <param name="order">The order in words, such as "in the order of their ids".</param>
/// <param name="describe">Describes the image at a canonical position, as far as the viewer may know it.</param>
internal sealed class ImageSelection(SplitImages images, int[] positions, string order, Func<int, ImageDocument> describe)
{
    /// <summary>The order of lists by id, in words.</summary>
    public const string ById = "in the order of their ids";

    /// <summary>The images of the split, of which some are listed.</summary>
    public SplitImages Images => images;

    /// <summary>The number of listed images.</summary>
    public int Count => positions.Length;

    /// <summary>The order in words.</summary>
    public string Order => order;

    /// <summary>The listed images in order.</summary>
    public IEnumerable<ListedImage> All => positions.Select(Describe);

    /// <summary>The images of a page of the list.</summary>
    public IReadOnlyList<ListedImage> Take(ImageQuery query) => [.. query.Take(positions).Select(Describe)];

    /// <summary>Creates the document of a page of the list.</summary>
    public ImageListDocument CreatePage(ImageQuery query) =>
        new()
        {
            Images = [.. Take(query).Select(i => i.Document)],
            Total = positions.Length,
            Page = query.Page,
        };

    private ListedImage Describe(int position) => new(position, describe(position));
}

/// <summary>An image of a list.</summary>
/// <param name="Position">Its canonical position in the split.</param>
/// <param name="Document">What the viewer may know of it.</param>
internal readonly record struct ListedImage(int Position, ImageDocument Document);
