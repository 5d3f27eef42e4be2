namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>iWildCam 2020: the metadata name the splits. A location is a camera.</summary>
internal sealed record IWildCamDataset()
    : WildsDataset("iwildcam", ["location_remapped", "split", "y"], ["train", "id_test", "test"], ["id_val", "val"], ["location"])
{
    private const int Classes = 182;

    /// <inheritdoc/>
    public override IWildsRows Open(WildsMetadata metadata, string? countries) => new Rows(this, metadata);

    private sealed class Rows(IWildCamDataset dataset, WildsMetadata metadata) : IWildsRows
    {
        public WildsImage Read()
        {
            var split = metadata.Text("split");
            if (!dataset.Splits.Contains(split) && !dataset.Others.Contains(split))
            {
                throw metadata.Fault("split", "train, val, test, id_val or id_test");
            }

            metadata.Number("location_remapped", int.MaxValue);
            return new WildsImage(split, metadata.Number("y", Classes), [metadata.Text("location_remapped")]);
        }
    }
}
