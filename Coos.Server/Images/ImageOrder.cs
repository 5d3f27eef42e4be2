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

    /// <summary>Refuses another order.</summary>
    public static Refusal Unknown(string order) =>
        Refusal.BadQuery(new FieldProblem("order", "bad-value", $"order is \"{order.Shorten()}\"; allowed: {Hardest}, {Id}"));
}
