using System.Text.Json;

namespace Coos.Evaluator.Tests.Support;

/// <summary>The values of References/consistency_forecasts.json, which the script beside it computed with other programs.</summary>
internal static class ConsistencyReferences
{
    public const double Tolerance = 1e-9;

    private static readonly Lazy<JsonElement> Document = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "consistency_forecasts.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    public static JsonElement Get(string name) => Document.Value.GetProperty(name);

    public static IEnumerable<JsonElement> Rows(string name)
    {
        JsonElement[] rows = [.. Get(name).EnumerateArray()];
        Assert.NotEmpty(rows);
        return rows;
    }

    public static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    public static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetDouble())];

    public static ushort[] Classes(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetUInt16())];
}
