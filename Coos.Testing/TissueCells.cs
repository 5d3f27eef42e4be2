using System.Text.Json;

namespace Coos.Testing;

/// <summary>The real cells in the repository, described in testdata/tissue/README.md.</summary>
public static class TissueCells
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "testdata", "tissue");

    /// <summary>Returns the path of the file of a split.</summary>
    /// <param name="split"><c>training</c> or <c>test1</c>.</param>
    public static string PathOf(string split) => Path.Combine(Folder, $"TISSUE_v1.0_{split}.hdf5");

    /// <summary>Reads the expected values, which <c>make.py</c> computed with other programs.</summary>
    public static JsonElement Reference()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "reference.json")));
        return document.RootElement.Clone();
    }
}
