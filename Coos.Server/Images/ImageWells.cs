using System.Runtime.CompilerServices;
using Coos.Evaluator.Plates;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Images;

/// <summary>Finds the position of an image's well on its plate. The wells of labels are found once.</summary>
internal sealed class ImageWells
{
    private readonly ConditionalWeakTable<SplitLabels, Wells> _wells = [];

    /// <summary>Finds the position, such as A01.</summary>
    /// <returns>Null without wells, or if the well's name is not a position.</returns>
    public string? FindPosition(Benchmark benchmark, SplitLabels labels, int image)
    {
        var map = _wells.GetValue(labels, l => new Wells(WellMap.Create(l, benchmark.Plate))).Map;
        return map is not null && map.WellOfImage[image] is >= 0 and var well ? map.Wells[well].Position?.Name : null;
    }

    /// <summary>The wells of labels, or that they have none.</summary>
    private sealed record Wells(WellMap? Map);
}
