using System.Globalization;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>
/// Functional Map of the World: images of the original training, validation and test part from before 2013 are in distribution; of the
/// validation part those of 2013 to 2015, and of the test part those from 2016 on, are under shift. The region is that of the country.
/// </summary>
internal sealed record FmowDataset()
    : WildsDataset(
        "fmow",
        ["category", "country_code", "split", "timestamp"],
        ["train", "id_test", "test"],
        ["id_val", "val"],
        ["region", "year"]
    )
{
    private const int ValidationYear = 2013;
    private const int TestYear = 2016;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <inheritdoc/>
    public override string Unused => "sequestered images, and later years of the training and validation part";

    /// <inheritdoc/>
    public override IWildsRows Open(WildsMetadata metadata, string? countries) =>
        new Rows(metadata, FmowRegions.Read(countries ?? Path.Combine(metadata.Folder, FmowRegions.FileName)));

    private sealed class Rows(WildsMetadata metadata, FmowRegions regions) : IWildsRows
    {
        private readonly Dictionary<string, int> _classes = FmowCategories.All.Index().ToDictionary(c => c.Item, c => c.Index);

        public WildsImage Read()
        {
            var year = ReadYear();
            var split = FindSplit(year);
            var label = _classes.TryGetValue(metadata.Text("category"), out var index)
                ? index
                : throw metadata.Fault("category", "a category of FMoW, such as airport");
            return new WildsImage(split, label, [regions.Find(metadata.Text("country_code")), year.ToString(CultureInfo.InvariantCulture)]);
        }

        private string FindSplit(int year) =>
            (metadata.Text("split"), year) switch
            {
                ("train", < ValidationYear) => "train",
                ("val", < ValidationYear) => "id_val",
                ("val", < TestYear) => "val",
                ("test", < ValidationYear) => "id_test",
                ("test", >= TestYear) => "test",
                ("train" or "val" or "test" or "seq", _) => "",
                _ => throw metadata.Fault("split", "train, val, test or seq"),
            };

        private int ReadYear() =>
            DateTimeOffset.TryParseExact(
                metadata.Text("timestamp"),
                TimeFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time.UtcDateTime.Year
                : throw metadata.Fault("timestamp", "a time such as 2016-05-12T10:21:33Z");
    }
}
