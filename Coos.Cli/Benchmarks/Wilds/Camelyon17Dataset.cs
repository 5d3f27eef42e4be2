namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>
/// Camelyon17: hospital 1 is for tuning, hospital 2 for testing; the column <c>split</c> parts the other three in 0, training, and 1,
/// validation. Hospitals are numbered from 0 in the package, from 1 in the paper.
/// </summary>
internal sealed record Camelyon17Dataset()
    : WildsDataset("camelyon17", ["center", "slide", "split", "tumor"], ["train", "id_val", "val", "test"], [], ["hospital", "slide"])
{
    private const int Hospitals = 5;
    private const int Slides = 50;
    private const int Classes = 2;

    /// <inheritdoc/>
    public override IWildsRows Open(WildsMetadata metadata, string? countries) => new Rows(metadata);

    private sealed class Rows(WildsMetadata metadata) : IWildsRows
    {
        public WildsImage Read()
        {
            var split = metadata.Number("center", Hospitals) switch
            {
                1 => "val",
                2 => "test",
                _ => metadata.Number("split", 2) == 0 ? "train" : "id_val",
            };
            metadata.Number("slide", Slides);
            return new WildsImage(split, metadata.Number("tumor", Classes), [metadata.Text("center"), metadata.Text("slide")]);
        }
    }
}
