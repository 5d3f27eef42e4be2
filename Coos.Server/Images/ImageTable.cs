using System.Globalization;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;

namespace Coos.Server.Images;

/// <summary>Writes lists of images as CSV. What the viewer may not know is empty.</summary>
internal static class ImageTable
{
    /// <summary>The columns.</summary>
    public const string Header = "image_id,split,plate,well,position,true,predicted,confidence,wrong_share";

    /// <summary>Writes a list.</summary>
    /// <param name="benchmark">The benchmark, which has the classes.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The images in the order of the list.</param>
    public static string Write(Benchmark benchmark, Split split, IEnumerable<ListedImage> images)
    {
        var csv = new StringBuilder(Header).Append('\n');
        foreach (var image in images)
        {
            AppendFields(csv, benchmark, split, image.Document).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>Appends the fields of an image. Its id is unchanged, because files are compared by it character for character.</summary>
    public static StringBuilder AppendFields(StringBuilder csv, Benchmark benchmark, Split split, ImageDocument image)
    {
        return csv.AppendJoin(
            ',',
            CsvField.Quote(image.Id),
            split.Name,
            CsvField.QuoteForSpreadsheet(image.Plate ?? ""),
            CsvField.QuoteForSpreadsheet(image.Well ?? ""),
            image.Position ?? "",
            NameOf(image.True),
            NameOf(image.Predicted),
            Number(image.Confidence),
            Number(image.WrongShare)
        );

        string NameOf(int? index) => index is { } known ? CsvField.QuoteForSpreadsheet(benchmark.Classes[known].Short) : "";
    }

    private static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
