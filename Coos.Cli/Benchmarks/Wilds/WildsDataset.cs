using Coos.Shared.Datasets;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>A dataset of the WILDS package (Koh, Sagawa et al., ICML 2021): the columns of its metadata, and its splits.</summary>
/// <param name="Name">Its name in the package.</param>
/// <param name="Required">The columns of the metadata that are read, by which it is recognised.</param>
/// <param name="Splits">The splits that are written: those of the bundled manifest.</param>
/// <param name="Others">Splits of the package that are not written, since the paper reports nothing for them.</param>
/// <param name="Columns">The columns of the label files: the manifest's groups and cluster.</param>
internal abstract record WildsDataset(
    string Name,
    IReadOnlyList<string> Required,
    IReadOnlyList<string> Splits,
    IReadOnlyList<string> Others,
    IReadOnlyList<string> Columns
)
{
    /// <summary>All datasets.</summary>
    public static IReadOnlyList<WildsDataset> All { get; } =
    [new Camelyon17Dataset(), new RxRx1Dataset(), new IWildCamDataset(), new FmowDataset()];

    /// <summary>The slug of the bundled benchmark.</summary>
    public string Slug => $"wilds-{Name}";

    /// <summary>Which images are in no split, in words.</summary>
    public virtual string Unused => "none";

    /// <summary>Starts to read rows.</summary>
    /// <param name="metadata">The metadata, which have the columns of this dataset.</param>
    /// <param name="countries">The file with the regions of countries; null for the one beside the metadata.</param>
    public abstract IWildsRows Open(WildsMetadata metadata, string? countries);

    /// <summary>Finds the dataset of a file.</summary>
    /// <param name="name">The name on the command line; null if the columns tell it.</param>
    /// <param name="metadata">The file.</param>
    /// <exception cref="DatasetException">The columns are not those of the dataset, of none, or of several.</exception>
    public static WildsDataset Find(string? name, WildsMetadata metadata)
    {
        if (name is not null)
        {
            var dataset = All.First(d => d.Name == name);
            return dataset.Required.FirstOrDefault(c => !metadata.Has(c)) is { } missing
                ? throw metadata.Fault(
                    $"the header has no column {missing}; the metadata of {name} have {string.Join(", ", dataset.Required)}"
                )
                : dataset;
        }

        WildsDataset[] matches = [.. All.Where(d => d.Required.All(metadata.Has))];
        return matches switch
        {
            [var one] => one,
            [] => throw metadata.Fault($"{Describe(metadata)}; name the dataset with --dataset to see which column is missing"),
            _ => throw metadata.Fault(
                $"the columns are those of {string.Join(" and of ", matches.Select(d => d.Name))}; say which one it is with --dataset"
            ),
        };
    }

    private static string Describe(WildsMetadata metadata) =>
        $"the columns ({metadata.Header}) are not those of a dataset that is known: "
        + string.Join("; ", All.Select(d => $"{d.Name} has {string.Join(", ", d.Required)}"));
}

/// <summary>Reads what label files say of an image from the current row of the metadata.</summary>
internal interface IWildsRows
{
    /// <summary>Reads the current row.</summary>
    /// <exception cref="DatasetException">A value is not allowed.</exception>
    WildsImage Read();
}

/// <summary>What label files say of an image.</summary>
/// <param name="Split">Its split in WILDS; empty if it is in none.</param>
/// <param name="Label">Its class.</param>
/// <param name="Values">Its value of each column.</param>
internal readonly record struct WildsImage(string Split, int Label, IReadOnlyList<string> Values);
