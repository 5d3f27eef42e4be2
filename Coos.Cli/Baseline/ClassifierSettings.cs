namespace Coos.Cli.Baseline;

/// <summary>Which classifier is trained, and how.</summary>
/// <param name="Name">knn, l1lr or rf.</param>
/// <param name="Search">Whether the forest's settings are searched for.</param>
/// <param name="Seed">Names the random numbers.</param>
internal sealed record ClassifierSettings(string Name, bool Search, ulong Seed)
{
    /// <summary>The names on the command line.</summary>
    public static readonly string[] Names = ["knn", "l1lr", "rf"];

    /// <summary>The name in tables, as the paper has it.</summary>
    public string Title => Name switch { "knn" => "kNN", "l1lr" => "L1 LR", _ => "RF" };

    /// <summary>A sentence about it.</summary>
    public string Description => Name switch
    {
        "knn" => "11 nearest neighbours, Euclidean distance, majority vote.",
        "l1lr" => "Multinomial logistic regression with an L1 penalty, C = 1.",
        _ when Search => "A random forest, its settings the best of 100 samples of the paper's grid in 5-fold cross-validation.",
        _ => "A random forest of 200 trees with scikit-learn's defaults.",
    };
}
