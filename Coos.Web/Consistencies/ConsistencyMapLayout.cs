using System.Globalization;
using System.Text;

namespace Coos.Web.Consistencies;

/// <summary>
/// The map of all pairs as SVG: one path per step of the colour ramp, whatever the number of entries. Of many entries, each cell
/// is the mean of a block of pairs.
/// </summary>
internal sealed class ConsistencyMapLayout
{
    /// <summary>The maximum number of entries whose cells contain numbers.</summary>
    public const int MaximumWithNumbers = 25;

    /// <summary>The maximum number of entries with names.</summary>
    public const int MaximumWithNames = 40;

    /// <summary>The maximum number of cells in a row; with more entries, a cell is a block of pairs.</summary>
    public const int MaximumCells = 100;

    /// <summary>The number of steps of the colour ramp above 0.</summary>
    public const int Steps = 20;

    private const int NameWidth = 236;
    private const double MapWidth = 640;
    private const double LargestCell = 34;

    private readonly IReadOnlyList<IReadOnlyList<double?>> _kappas;

    /// <summary>Creates the layout.</summary>
    /// <param name="kappas">The kappas of each entry with those before it.</param>
    public ConsistencyMapLayout(IReadOnlyList<IReadOnlyList<double?>> kappas)
    {
        _kappas = kappas;
        Block = (kappas.Count + MaximumCells - 1) / MaximumCells;
        Cells = Block == 0 ? 0 : (kappas.Count + Block - 1) / Block;
        Cell = Math.Min(LargestCell, MapWidth / Math.Max(1, Cells));
        HasNumbers = kappas.Count <= MaximumWithNumbers;
        HasNames = kappas.Count <= MaximumWithNames;
        Left = HasNames ? NameWidth : 0;
        Top = HasNumbers ? 20 : 0;
        Paths = CreatePaths();
    }

    /// <summary>The number of entries per cell and direction.</summary>
    public int Block { get; }

    /// <summary>The number of cells in a row.</summary>
    public int Cells { get; }

    /// <summary>The size of a cell, in units of the view box.</summary>
    public double Cell { get; }

    /// <summary>Whether cells contain their numbers.</summary>
    public bool HasNumbers { get; }

    /// <summary>Whether rows have names.</summary>
    public bool HasNames { get; }

    /// <summary>The space for names on the left.</summary>
    public int Left { get; }

    /// <summary>The space for the numbers of columns above.</summary>
    public int Top { get; }

    /// <summary>The width of the view box.</summary>
    public double Width => Left + (Cells * Cell);

    /// <summary>The height of the view box.</summary>
    public double Height => Top + (Cells * Cell);

    /// <summary>The path of each step of the ramp that occurs.</summary>
    public IReadOnlyList<(int Step, string Path)> Paths { get; }

    /// <summary>The step of the ramp for a kappa; 0 and less are the lowest.</summary>
    public static int StepOf(double kappa) => (int)Math.Round(Steps * Math.Clamp(kappa, 0, 1));

    /// <summary>The mean kappa of a cell; null on the diagonal of single entries, and where no kappa is defined.</summary>
    public double? Mean(int row, int column)
    {
        var (sum, count) = (0.0, 0);
        for (var i = row * Block; i < Math.Min(_kappas.Count, (row + 1) * Block); i++)
        {
            for (var j = column * Block; j < Math.Min(_kappas.Count, (column + 1) * Block); j++)
            {
                if (i != j && (i > j ? _kappas[i][j] : _kappas[j][i]) is { } kappa)
                {
                    sum += kappa;
                    count++;
                }
            }
        }

        return count == 0 ? null : sum / count;
    }

    /// <summary>Merges neighbouring cells of one step, which makes the drawing of a large board shorter.</summary>
    private (int Step, string Path)[] CreatePaths()
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < Cells; row++)
        {
            int?[] steps = [.. Enumerable.Range(0, Cells).Select(c => Mean(row, c) is { } kappa ? StepOf(kappa) : (int?)null)];
            var start = 0;
            while (start < Cells)
            {
                var end = start + 1;
                while (end < Cells && steps[end] == steps[start])
                {
                    end++;
                }

                if (steps[start] is { } step)
                {
                    paths.TryAdd(step, new StringBuilder());
                    paths[step]
                        .Append(CultureInfo.InvariantCulture, $"M{Left + (start * Cell):0.#} {Top + (row * Cell):0.#}")
                        .Append(CultureInfo.InvariantCulture, $"h{(end - start) * Cell:0.#}v{Cell:0.#}h-{(end - start) * Cell:0.#}z");
                }

                start = end;
            }
        }

        return [.. paths.Select(p => (p.Key, p.Value.ToString()))];
    }
}
