using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;
using Coos.Simulator.Randomness;

namespace Coos.Simulator.Design;

/// <summary>The classes of the wells of a plate, drawn at random per plate so that the position does not predict the class.</summary>
internal static class PlateLayout
{
    /// <summary>Draws the used wells of a plate.</summary>
    public static IEnumerable<WellSite> Wells(DesignParameters design, ulong seed, int plate)
    {
        var random = new RandomStream(seed, StreamPurpose.PlateLayout, (ulong)plate);
        var all = Enumerable.Range(0, design.PlateRows * design.PlateColumns).ToArray();
        int[] border = [.. all.Where(p => IsBorder(design, p))];
        int[] inner = [.. all.Where(p => !IsBorder(design, p))];
        Shuffle.InPlace(border, random);
        Shuffle.InPlace(inner, random);
        return Assign(inner, design.InnerWells, isBorder: false).Concat(Assign(border, design.BorderWells, isBorder: true));

        IEnumerable<WellSite> Assign(int[] positions, int wellsPerClass, bool isBorder) =>
            positions
                .Take(design.Classes * wellsPerClass)
                .Select((position, i) => new WellSite(plate, position, (plate * all.Length) + position, isBorder, i / wellsPerClass));
    }

    private static bool IsBorder(DesignParameters design, int position)
    {
        var (row, column) = (position / design.PlateColumns, position % design.PlateColumns);
        return row == 0 || column == 0 || row == design.PlateRows - 1 || column == design.PlateColumns - 1;
    }
}
