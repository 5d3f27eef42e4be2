using System.Text.Json.Serialization;

namespace Coos.Shared.Scores;

/// <summary>The score of one class of a split.</summary>
/// <param name="Index">The class index.</param>
/// <param name="Name">The class name.</param>
/// <param name="Images">n_k, the number of images of this class in the split.</param>
/// <param name="Sensitivity">s_k, the share of these images that is predicted correctly, 0..1; null without images.</param>
/// <param name="SensitivityInterval">
/// The lower and upper limit of its 95% interval, 0..1, by the method that the split names (Wilson if per image); null
/// without images.
/// </param>
public sealed record ClassScore(
    int Index,
    string Name,
    int Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Sensitivity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double[]? SensitivityInterval
);
