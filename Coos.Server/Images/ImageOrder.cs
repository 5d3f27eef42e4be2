using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Server.Images;

/// <summary>The orders of the images of a split.</summary>
internal static class ImageOrder
{
    /// <summary>Those first that most entries get wrong.</summary>
    public const string Hardest = "hardest";

    /// <summary>By their ids, as in the label file.</summary>
    public const string Id = "id";

    /// <summary>Adds the order to an address, with or without parameters.</summary>
    /// <param name="address">The address.</param>
    /// <param name="byId">Whether the order is by id; the other one is the default.</param>
    public static string AddTo(string address, bool byId) =>
        byId ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}order={Id}" : address;

    /// <summary>Refuses another order.</summary>
    public static Refusal Unknown(string order) =>
        Refusal.BadQuery(new FieldProblem("order", "bad-value", $"order is \"{order.Shorten()}\"; allowed: {Hardest}, {Id}"));
}
