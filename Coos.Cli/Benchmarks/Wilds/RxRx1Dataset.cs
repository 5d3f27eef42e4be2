namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>RxRx1: the second site of the wells of training experiments is the in-distribution test.</summary>
internal sealed record RxRx1Dataset()
    : WildsDataset("rxrx1", ["dataset", "experiment", "site", "sirna_id"], ["train", "id_test", "val", "test"], [], ["experiment"])
{
    private const int Classes = 1139;

    /// <inheritdoc/>
    public override IWildsRows Open(WildsMetadata metadata, string? countries) => new Rows(metadata);

    private sealed class Rows(WildsMetadata metadata) : IWildsRows
    {
        public WildsImage Read()
        {
            var isSecondSite = metadata.Text("site") switch
            {
                "1" => false,
                "2" => true,
                _ => throw metadata.Fault("site", "1 or 2"),
            };
            var split = metadata.Text("dataset") switch
            {
                "train" => isSecondSite ? "id_test" : "train",
                "val" => "val",
                "test" => "test",
                _ => throw metadata.Fault("dataset", "train, val or test"),
            };
            var experiment = metadata.Text("experiment");
            return experiment.Length == 0
                ? throw metadata.Fault("experiment", "the name of an experiment")
                : new WildsImage(split, metadata.Number("sirna_id", Classes), [experiment]);
        }
    }
}
