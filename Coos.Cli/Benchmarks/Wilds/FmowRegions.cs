using Coos.Shared.Datasets;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>The regions of countries.</summary>
internal sealed class FmowRegions
{
    /// <summary>The file in the folder of the dataset.</summary>
    public const string FileName = "country_code_mapping.csv";

    private const string Code = "alpha-3";
    private const string Region = "region";

    private readonly Dictionary<string, string> _regions = [];

    /// <summary>Reads the file.</summary>
    /// <exception cref="DatasetException">The file is missing or not valid.</exception>
    public static FmowRegions Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException(
                path,
                null,
                null,
                "the file with the regions of countries does not exist; it is in the folder of the dataset, name it with --countries"
            );
        }

        using var reader = WildsMetadata.Open(path);
        if (new[] { Code, Region }.FirstOrDefault(c => !reader.Has(c)) is { } missing)
        {
            throw reader.Fault($"the header has no column {missing}; the regions of countries have {Code} and {Region}");
        }

        var regions = new FmowRegions();
        while (reader.Read())
        {
            regions._regions[reader.Text(Code)] = reader.Text(Region);
        }

        return regions._regions.Count > 0 ? regions : throw reader.Fault("the file has a header but no countries");
    }

    /// <summary>
    /// Finds the region of a country; empty, which is not a group, for a code that the file does not list: WILDS calls these "Other", and
    /// leaves them out of the worst region.
    /// </summary>
    public string Find(string country) => _regions.GetValueOrDefault(country, "");
}
