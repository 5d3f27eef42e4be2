using Coos.Server.Comparisons;
using Coos.Web.Components;

namespace Coos.Web.Confusion;

/// <summary>How a confusion matrix is shown, from the query of its page.</summary>
/// <param name="From">The split to compare with.</param>
/// <param name="Against">The entry to compare with.</param>
/// <param name="Order">The order of the classes: a value of <see cref="ClassOrder"/>, or null for that of the manifest.</param>
public sealed record ConfusionView(string? From, string? Against, string? Order)
{
    /// <summary>The positions of the true classes that are shown of a matrix of many classes; null for all.</summary>
    public string? Rows { get; init; }

    /// <summary>The positions of its predicted classes; null for all.</summary>
    public string? Columns { get; init; }

    /// <summary>The address of a split's matrix in this view. A split is not compared with itself.</summary>
    public string Address(Guid id, string split)
    {
        var parts = Basis(split);
        foreach (var (name, value) in new[] { ("order", Order), ("rows", Rows), ("columns", Columns) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return Addresses.Confusion(id, split) + Query(parts);
    }

    /// <summary>The address of the same matrix in the API.</summary>
    public string DataAddress(Guid id, string split) => "/api" + Addresses.Confusion(id, split) + Query(Basis(split));

    private List<string> Basis(string split)
    {
        var parts = new List<string>();
        if (!string.IsNullOrWhiteSpace(Against))
        {
            parts.Add($"against={Uri.EscapeDataString(Against)}");
        }
        else if (!string.IsNullOrEmpty(From) && From != split)
        {
            parts.Add($"from={Uri.EscapeDataString(From)}");
        }

        return parts;
    }

    private static string Query(List<string> parts) => parts.Count == 0 ? "" : "?" + string.Join('&', parts);
}
