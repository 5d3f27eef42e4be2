namespace Coos.Measurements.Statistics.Designs;

/// <summary>
/// <c>coverage --tables grid</c>: the interval of the balanced error by cluster over a grid of designs and patterns of errors. Cells in
/// brackets are those where most intervals say "too few wells with errors".
/// </summary>
internal static class ClusterGrid
{
    private const int Runs = 1000;
    private const double Lowest = 0.935;
    private const double Highest = 0.97;

    private static readonly int[] Classes = [2, 7, 20, 50];
    private static readonly int[] Counts = [5, 8, 16, 40];
    private static readonly bool[] Sizes = [false, true];

    /// <summary>The patterns of errors, the columns.</summary>
    public static readonly ErrorPattern[] Patterns =
    [
        ErrorPattern.Same(0.005, 0.1),
        ErrorPattern.Same(0.02, 0.1),
        ErrorPattern.Same(0.05, 0.1),
        ErrorPattern.Same(0.05, 0.3),
        ErrorPattern.Same(0.15, 0),
        ErrorPattern.Same(0.15, 0.1),
        ErrorPattern.Same(0.15, 0.3),
        ErrorPattern.Same(0.5, 0.1),
        ErrorPattern.FirstClass("one class 40%, rest 2%, ICC 0.1", (0.4, 0.1), (0.02, 0.1)),
        ErrorPattern.FirstClass("15%, ICC 0.3 in one class, rest 0", (0.15, 0.3), (0.15, 0)),
    ];

    /// <summary>The designs, the rows.</summary>
    public static IEnumerable<ClusterDesign> Designs =>
        from structure in Enum.GetValues<ClusterStructure>()
        from classes in Classes
        from count in Counts
        from areUneven in Sizes
        where classes < 50 || (count == 8 && !areUneven)
        where classes != 20 || count is 8 or 16
        select new ClusterDesign(structure, classes, count, areUneven);

    public static void Print()
    {
        CoverageMeasurement.WriteHeader([
            "a well holds",
            "classes",
            "wells of a class",
            "images of a class in a well",
            .. Patterns.Select(p => p.Name),
        ]);
        var trusted = new List<double>();
        var doubted = 0;
        foreach (var design in Designs)
        {
            SimulatedCoverage[] cells = [.. Patterns.Select(p => ClusterSimulation.Run(design, p, Runs))];
            trusted.AddRange(cells.Where(c => c.IsTrusted).Select(c => c.Covered));
            doubted += cells.Count(c => !c.IsTrusted);
            CoverageMeasurement.WriteRow([
                Describe(design.Structure),
                design.ClassCount,
                design.ClustersPerClass,
                design.AreUneven ? "2 to 60" : "25",
                .. cells.Select(Format),
            ]);
        }

        Console.WriteLine();
        var (low, within, high) = (trusted.Count(c => c < Lowest), trusted.Count(c => c is >= Lowest and <= Highest), trusted.Max());
        Console.WriteLine(
            FormattableString.Invariant($"{trusted.Count} cells are trusted and {doubted} are not. Of the trusted, {within}")
        );
        Console.WriteLine(
            FormattableString.Invariant($"are within {Lowest:0.0%} and {Highest:0.0%}, {low} below (least {trusted.Min():0.0%}),")
        );
        Console.WriteLine(FormattableString.Invariant($"{trusted.Count(c => c > Highest)} above (most {high:0.0%})."));
    }

    private static string Describe(ClusterStructure structure) =>
        structure switch
        {
            ClusterStructure.One => "one class",
            ClusterStructure.Some => "two classes",
            _ => "all classes",
        };

    private static string Format(SimulatedCoverage cell)
    {
        var text = FormattableString.Invariant($"{100 * cell.Covered:0.0}%");
        return cell.IsTrusted ? text : $"({text})";
    }
}
