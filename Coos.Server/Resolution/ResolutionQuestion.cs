using Coos.Evaluator.Resolution;
using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Server.Resolution;

/// <summary>What the calculator is asked: a design, two entries and a difference. All of it is in the URL.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="Wells">The number of wells, or other groups, of each class; of each test set if wells hold all classes.</param>
/// <param name="Images">The number of images of each class in each of its wells.</param>
/// <param name="IsShared">Whether each well holds all classes.</param>
/// <param name="Error">The error of the better entry, above 0 and below 1.</param>
/// <param name="Agreement">The correlation of the entries' errors, 0..1.</param>
/// <param name="Icc">The correlation of the errors of two images of one well, 0..1.</param>
/// <param name="Entries">The number of entries on the board.</param>
/// <param name="Wanted">The difference whose number of wells is asked for, above 0.</param>
internal sealed record ResolutionQuestion(
    int Classes,
    int Wells,
    int Images,
    bool IsShared,
    double Error,
    double Agreement,
    double Icc,
    int Entries,
    double Wanted
)
{
    /// <summary>The largest number of wells and of images in a well.</summary>
    public const int Maximum = 100_000;

    /// <summary>The largest number of entries: more are not tested against each other.</summary>
    public const int MaximumEntries = 1000;

    /// <summary>The fields in the order of the form, with the values that a form without a query shows.</summary>
    public static readonly IReadOnlyList<(string Name, string Default)> Fields =
    [
        ("classes", "7"),
        ("wells", "8"),
        ("images", "25"),
        ("hold", "one"),
        ("error", "10"),
        ("agreement", "0"),
        ("icc", "0.05"),
        ("entries", "2"),
        ("difference", "1"),
    ];

    /// <summary>Reads the question; fields that are absent have their defaults.</summary>
    /// <param name="read">Returns the text of a field; null if it is absent.</param>
    public static Result<ResolutionQuestion> Read(Func<string, string?> read)
    {
        var fields = new NumberFields(name => read(name) ?? Fields.First(f => f.Name == name).Default);
        var hold = fields.ReadText("hold");
        if (hold is not ("one" or "all"))
        {
            fields.Report(
                "hold",
                $"hold is \"{hold.Shorten()}\"; allowed: one (each well holds one class), all (each well holds all classes)"
            );
        }

        var question = new ResolutionQuestion(
            fields.ReadWhole("classes", "the number of classes", 2, 255),
            fields.ReadWhole("wells", "the number of wells", 2, Maximum),
            fields.ReadWhole("images", "the number of images", 1, Maximum),
            hold == "all",
            fields.ReadBetween("error", "the error in percent", 0, 100) / 100,
            fields.ReadShare("agreement", "the agreement"),
            fields.ReadShare("icc", "the intra-class correlation"),
            fields.ReadWhole("entries", "the number of entries", 2, MaximumEntries),
            fields.ReadBetween("difference", "the difference in points", 0, 100) / 100
        );
        if (fields.Problems.Count == 0 && question.Error + question.Wanted > 1)
        {
            fields.Report(
                "difference",
                $"an error of {question.Error * 100:0.##}% and a difference of {question.Wanted * 100:0.##} points are more than 100%; "
                    + "write a smaller difference"
            );
        }

        return fields.Problems.Count == 0 ? question : Refusal.BadQuery(fields.Problems);
    }

    /// <summary>Computes the answer.</summary>
    public ResolutionAnswer Answer()
    {
        var (variance, level) = (ComputeVariance(Wells), SmallestDifference.ComputeHolmLevel(Entries));
        var clusters = IsShared ? Wells : (long)Wells * Classes;
        return new ResolutionAnswer(
            SmallestDifference.Compute(variance, Error, Agreement, level),
            level,
            (long)Wells * Images * Classes,
            clusters,
            variance.Degrees,
            Math.Pow(2, -clusters),
            FindWells(level)
        );
    }

    private DesignVariance ComputeVariance(double wells) =>
        SamplingDesign.CreateEven(Classes, wells, wells * Images * Classes, IsShared).ComputeVariance(Icc, Icc);

    /// <summary>Finds the smallest number of wells that shows the wanted difference; null if more than the maximum are needed.</summary>
    private int? FindWells(double level)
    {
        bool IsEnough(int wells) => SmallestDifference.Compute(ComputeVariance(wells), Error, Agreement, level) is { } d && d <= Wanted;
        if (!IsEnough(Maximum))
        {
            return null;
        }

        var (low, high) = (1, Maximum);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = IsEnough(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}

/// <summary>The answer of the calculator.</summary>
/// <param name="Difference">The smallest difference, 0..1; null if none is shown with the wanted power.</param>
/// <param name="Level">The level of the test.</param>
/// <param name="Images">The number of images in all.</param>
/// <param name="Clusters">The number of wells in all.</param>
/// <param name="Degrees">The degrees of freedom of the test.</param>
/// <param name="SmallestP">The smallest p of sign flips of whole wells.</param>
/// <param name="NeededWells">The smallest number of wells that shows the wanted difference; null if more than the maximum.</param>
internal sealed record ResolutionAnswer(
    double? Difference,
    double Level,
    long Images,
    long Clusters,
    double Degrees,
    double SmallestP,
    int? NeededWells
);
