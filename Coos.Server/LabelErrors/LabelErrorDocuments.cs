using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Coos.Server.Images;
using Coos.Shared.Delimited;

namespace Coos.Server.LabelErrors;

/// <summary>An image whose label is possibly wrong.</summary>
public sealed record LabelErrorDocument
{
    internal LabelErrorDocument(ImageDocument image) => Image = image;

    /// <summary>The image with its place.</summary>
    internal ImageDocument Image { get; }

    /// <summary>The image.</summary>
    public string Id => Image.Id;

    /// <summary>The index of the class that it is labelled with.</summary>
    public required int Label { get; init; }

    /// <summary>The index of the class that the entries are confident of.</summary>
    public required int Suggested { get; init; }

    /// <summary>The entries' mean probability of the label, 0..1.</summary>
    public required double LabelProbability { get; init; }

    /// <summary>The entries' mean probability of the suggested class, 0..1.</summary>
    public required double SuggestedProbability { get; init; }

    /// <summary>The share of votes for another class than the label, 0..1.</summary>
    public required double WrongShare { get; init; }

    /// <summary>The share of votes for the suggested class, 0..1; 1 if all entries agree.</summary>
    public required double SuggestedShare { get; init; }

    /// <summary>The well, if the labels have wells.</summary>
    public string? Well => Image.Well;

    /// <summary>The position of the well on its plate, such as A01; absent if the name of the well is not a position.</summary>
    public string? Position => Image.Position;

    /// <summary>The plate, if the labels have plates.</summary>
    public string? Plate => Image.Plate;

    /// <summary>Where its page and picture are, if the server has images; absent for an id that no address can have.</summary>
    public ImageLinks? Links => Image.Links;
}

/// <summary>A page of images whose labels are possibly wrong, the surest first.</summary>
public sealed record LabelErrorListDocument
{
    /// <summary>The slug of the benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>Whether the list is still being computed; ask again in a moment.</summary>
    public bool IsComputing { get; init; }

    /// <summary>Whether the list could not be computed. The cause is in the server's log; the server will try again.</summary>
    public bool HasFailed { get; init; }

    /// <summary>The number of labels that were looked at.</summary>
    public int Images { get; init; }

    /// <summary>The number of entries that the list was found with: the best ones.</summary>
    public int Entries { get; init; }

    /// <summary>The number of those with probabilities. The others count with probability 1 for their class.</summary>
    public int EntriesWithProbabilities { get; init; }

    /// <summary>The images of the page.</summary>
    public IReadOnlyList<LabelErrorDocument> Errors { get; init; } = [];

    /// <summary>The number of images on all pages.</summary>
    public int Total { get; init; }

    /// <summary>The page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The maximum number of images per page.</summary>
    public int PageSize { get; init; } = ImageQuery.PageSize;

    /// <summary>The number of pages, at least 1.</summary>
    [JsonIgnore]
    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>Writes the images as CSV, with class names.</summary>
    /// <param name="names">The name of each class.</param>
    public string ToCsv(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var csv = new StringBuilder(
            "image_id,label,suggested,label_name,suggested_name,label_probability,suggested_probability,"
                + "wrong_share,suggested_share,plate,well,position\n"
        );
        foreach (var error in Errors)
        {
            csv.AppendJoin(
                    ',',
                    CsvField.QuoteForSpreadsheet(error.Id),
                    error.Label.ToString(CultureInfo.InvariantCulture),
                    error.Suggested.ToString(CultureInfo.InvariantCulture),
                    CsvField.QuoteForSpreadsheet(names[error.Label]),
                    CsvField.QuoteForSpreadsheet(names[error.Suggested]),
                    CsvField.Number(error.LabelProbability),
                    CsvField.Number(error.SuggestedProbability),
                    CsvField.Number(error.WrongShare),
                    CsvField.Number(error.SuggestedShare),
                    CsvField.QuoteForSpreadsheet(error.Plate ?? ""),
                    CsvField.QuoteForSpreadsheet(error.Well ?? ""),
                    error.Position ?? ""
                )
                .Append('\n');
        }

        return csv.ToString();
    }
}

/// <summary>What possible label errors do to a board.</summary>
public sealed record LabelInfluenceDocument
{
    /// <summary>The slug of the benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The splits that rank.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>Whether the influence is still being computed; ask again in a moment.</summary>
    public bool IsComputing { get; init; }

    /// <summary>Whether the influence could not be computed. The cause is in the server's log; the server will try again.</summary>
    public bool HasFailed { get; init; }

    /// <summary>The entries by rank. Reported results are not among them, because their images are unknown.</summary>
    public IReadOnlyList<LabelInfluence> Entries { get; init; } = [];

    /// <summary>Describes the influence in a sentence; empty without entries.</summary>
    public string Summary => LabelInfluenceSummary.Describe(Entries);
}
