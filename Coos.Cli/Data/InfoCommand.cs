using System.CommandLine;
using System.Globalization;
using Coos.Shared.Datasets;
using Spectre.Console;

namespace Coos.Cli.Data;

/// <summary><c>coos data info</c>: shows the content of a file or folder.</summary>
internal static class InfoCommand
{
    private const int ShownValues = 12;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "An HDF5 file, a folder of TIFF files, or a folder of several of them" };
        return new Command("info", "Read every image; show shape, sample type, vectors, label counts, and whether unpack works")
        {
            path,
        }.Runs((parsed, cancellation) => Show(parsed.GetRequiredValue(path), cancellation));
    }

    private static void Show(string path, CancellationToken cancellation)
    {
        var splits = Directory.Exists(path) ? DatasetFolder.FindSplits(path) : new Dictionary<string, string>();
        foreach (var file in splits.Count > 0 ? splits.Values : [path])
        {
            using var set = ImageSet.Open(file);
            Show(set, cancellation);
        }
    }

    private static void Show(ImageSet set, CancellationToken cancellation)
    {
        // Throws for labels that are not classes, which the counts alone would not show.
        _ = set.ReadLabels();
        var refusal = ProgressBar.Show("check", set.Shape.Count, progress => DatasetUnpacker.Check(set, progress, cancellation));
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        Row(table, "images", $"{set.Shape.Count}");
        Row(table, "channels", $"{set.Shape.Channels}{Names(set)}");
        Row(table, "height x width", $"{set.Shape.Height} x {set.Shape.Width}");
        Row(table, "samples", set.SampleType);
        Row(table, "storage", set.Storage);
        foreach (var name in set.VectorNames)
        {
            Row(table, name, Describe(set, name));
        }

        AnsiConsole.WriteLine(set.Source);
        AnsiConsole.Write(table);
        Console.WriteLine(
            refusal is null ? "  every image can be read, and unpacked" : $"  every image can be read, but not unpacked: {refusal}"
        );
    }

    /// <summary>A vector's values, or why it cannot be read: images can be unpacked without their plates and wells.</summary>
    private static string Describe(ImageSet set, string name)
    {
        try
        {
            return Describe(set.ReadVector(name)).ReplaceLineEndings("\\n");
        }
        catch (DatasetException fault)
        {
            return $"cannot be read: {fault.Problem}";
        }
    }

    private static void Row(Table table, string name, string value) => table.AddRow(new Text("  " + name), new Text(value));

    private static string Names(ImageSet set) =>
        set.ChannelNames.All(n => n.Length == 0) ? "" : $" ({string.Join(", ", set.ChannelNames)})";

    /// <summary>How often each value occurs, or the number of different values if there are many.</summary>
    private static string Describe(string[] values)
    {
        var counts = values.CountBy(v => v).OrderBy(c => c.Key.Length).ThenBy(c => c.Key, StringComparer.Ordinal).ToArray();
        return counts.Length > ShownValues
            ? string.Create(CultureInfo.InvariantCulture, $"{counts.Length} different values")
            : string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}: {c.Value}")));
    }
}
