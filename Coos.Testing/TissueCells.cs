using System.Text.Json;

namespace Coos.Testing;

/// <summary>The real cells that the repository holds: testdata/tissue/README.md.</summary>
public static class TissueCells
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "testdata", "tissue");

    /// <summary>The path of a split's file.</summary>
    /// <param name="split"><c>training</c> or <c>test1</c>.</param>
    public static string PathOf(string split) => Path.Combine(Folder, $"TISSUE_v1.0_{split}.hdf5");

    /// <summary>What other programs say of the files; <c>make.py</c> wrote it.</summary>
    public static JsonElement Reference()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "reference.json")));
        return document.RootElement.Clone();
    }
}
