using System.Globalization;
using System.Text;

namespace Coos.Server.Images;

/// <summary>Writes the text in an archive of images: what it has, where it is from, and how it may be used.</summary>
internal static class ImageArchiveReadme
{
    /// <summary>Writes the text.</summary>
    /// <param name="list">The list of images.</param>
    /// <param name="limit">The maximum number of images in the archive.</param>
    public static string Write(ImageListFile list, int limit)
    {
        var benchmark = list.Folder.Benchmark;
        var text = new StringBuilder();
        text.AppendLine(FormattableString.Invariant($"{list.Title}, {list.Split.Title} of {benchmark.Name}")).AppendLine();
        text.AppendLine(list.Sentence);
        if (list.Selection.Count > limit)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"This archive has the first {limit:N0} of them, which is the maximum. Filter by class for the others."
            );
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Order: {list.Selection.Order}.");
        text.AppendLine().AppendLine("Source:   " + list.Address);
        text.AppendLine("Licence:  " + (benchmark.License.Length > 0 ? benchmark.License : "not stated by the benchmark"));
        if (benchmark.Homepage is { } homepage)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Homepage: {homepage}");
        }

        if (benchmark.Simulation is not null)
        {
            text.AppendLine("The images are simulated.");
        }

        AppendFiles(text, list);
        if (benchmark.Citation.Length > 0)
        {
            text.AppendLine().AppendLine("Citation").AppendLine().AppendLine(benchmark.Citation.Trim());
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    private static void AppendFiles(StringBuilder text, ImageListFile list)
    {
        var (benchmark, images) = (list.Folder.Benchmark, list.Selection.Images);
        var channels = Enumerable.Range(0, images.Shape.Channels).Select(c => TileLook.Name(c, images.NameChannels(benchmark)));
        text.AppendLine().AppendLine("Files").AppendLine();
        text.AppendLine("images/NUMBER_ID.tif  One image. NUMBER is its place in the list; characters of ID that a file name");
        text.AppendLine("                      cannot have are underscores.");
        var size = FormattableString.Invariant($"{images.Shape.Width} by {images.Shape.Height} pixels");
        text.AppendLine($"                      {size}; one page per channel: {string.Join(", ", channels)}.");
        text.AppendLine("                      Samples are those of the dataset, without any change of brightness.");
        text.AppendLine("manifest.csv          One line per image: its file, id, and what you may see of its plate, well, class,");
        text.AppendLine("                      prediction and confidence (0 to 1). wrong_share is the share of wrong votes of");
        text.AppendLine("                      the entries. An image that cannot be read has a problem instead of a file.");
        text.AppendLine().AppendLine("Classes").AppendLine();
        foreach (var label in benchmark.Classes)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{label.Index}  {label.Short}{(label.Short == label.Name ? "" : $"  {label.Name}")}"
            );
        }
    }
}
