using System.Text.Json.Serialization;

namespace Coos.Shared.Scores;

/// <summary>How well one class of a split is recognised.</summary>
/// <param name="Index">The class index.</param>
/// <param name="Name">The class name.</param>
/// <param name="Images">n_k, the images of this class in the split.</param>
/// <param name="Sensitivity">s_k, the share of them predicted right, 0..1; null where there are none.</param>
/// <param name="SensitivityInterval">Its 95% interval (by the method that the split names; Wilson per image), lower and upper, 0..1; null where there are no images.</param>
public sealed record ClassScore(
    int Index,
    string Name,
    int Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Sensitivity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double[]? SensitivityInterval);
