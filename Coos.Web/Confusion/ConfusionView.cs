using Coos.Server.Comparisons;
using Coos.Web.Components;

namespace Coos.Web.Confusion;

/// <summary>How a confusion matrix is shown, from the query of its page.</summary>
/// <param name="From">The split to compare with.</param>
/// <param name="Against">The entry to compare with.</param>
/// <param name="ByLoss">Whether classes are sorted by their loss of sensitivity.</param>
public sealed record ConfusionView(string? From, string? Against, bool ByLoss)
{
    /// <summary>The address of a split's matrix in this view. A split is not compared with itself.</summary>
    public string Address(Guid id, string split)
    {
        var parts = Basis(split);
        if (ByLoss)
        {
            parts.Add($"order={ClassOrder.Loss}");
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
