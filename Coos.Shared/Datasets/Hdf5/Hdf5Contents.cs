using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>What a file has, for messages about what it lacks.</summary>
internal static class Hdf5Contents
{
    private const int Shown = 12;
    private const int Depth = 3;

    /// <summary>Says that the dataset of images is missing, what there is instead, and what to do.</summary>
    /// <param name="file">The open file.</param>
    public static string WithoutData(NativeGroup file)
    {
        var entries = Walk(file, "", Depth).Take(Shown + 1).ToList();
        var link = entries.FirstOrDefault(e => e.Path == Hdf5ImageSet.DataName && e.Dataset is null);
        if (link is { Problem: { } reason })
        {
            return $"it is a link to something that is missing{reason}; "
                + "put the other file beside this one, or write the images into this file";
        }

        var images = entries.Where(e => e.Dataset?.Space.Dimensions.Length == 4).Select(e => e.Path).ToList();
        var advice = images is [var only] ? $"; {Rename(only)}, as h5py.File(FILE, \"r+\").move(\"{only}\", \"data\") does" : "";
        return $"dataset not found; expected images of shape (N, channels, height, width); {Listing(entries)}{advice}";
    }

    /// <summary>Finds a dataset at the top of a file that is almost named like the labels.</summary>
    /// <returns>Its name; null if there is none, or if the file has labels.</returns>
    public static string? MisnamedLabels(IEnumerable<string> names) =>
        names.FirstOrDefault(name =>
            name != ImageSet.LabelVector && name.TrimEnd('s', 'S').Equals("label", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>A shape as h5py writes it, without the comma of a vector.</summary>
    public static string Shape(NativeDataset dataset) =>
        dataset.Space.Type == H5DataspaceType.Null ? "empty" : $"({string.Join(", ", dataset.Space.Dimensions)})";

    private static string Rename(string path) =>
        path.LastIndexOf('/') is >= 0 and var slash ? $"move the datasets of {path[..slash]} to the top of the file" : $"rename {path}";

    private static string Listing(List<Entry> entries) =>
        entries.Count == 0
            ? "the file is empty"
            : $"the file has {string.Join(", ", entries.Take(Shown).Select(e => e.Text))}{(entries.Count > Shown ? ", ..." : "")}";

    private static IEnumerable<Entry> Walk(NativeGroup group, string prefix, int depth)
    {
        foreach (var child in group.Children())
        {
            var path = prefix + child.Name;
            switch (child)
            {
                case NativeDataset dataset:
                    yield return new Entry(path, $"{path} {Shape(dataset)} {Hdf5Types.Name(dataset)}", dataset, null);
                    break;
                case NativeGroup inner when depth > 1 && inner.Children().Any():
                    foreach (var entry in Walk(inner, path + "/", depth - 1))
                    {
                        yield return entry;
                    }

                    break;
                case NativeGroup:
                    yield return new Entry(path, $"{path}/", null, null);
                    break;
                case IH5UnresolvedLink link:
                    var reason = link.Reason is { } fault ? $" ({fault.Message.TrimEnd('.')})" : "";
                    yield return new Entry(path, $"{path} (a link to something that is missing)", null, reason);
                    break;
                default:
                    yield return new Entry(path, path, null, null);
                    break;
            }
        }
    }

    private sealed record Entry(string Path, string Text, NativeDataset? Dataset, string? Problem);
}
