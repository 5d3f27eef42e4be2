namespace Coos.Cli.Baseline;

/// <summary>Which classifier is trained, and with which settings.</summary>
/// <param name="Name">knn, l1lr or rf.</param>
/// <param name="Search">Whether the forest's settings are chosen by cross-validation.</param>
/// <param name="Seed">The seed of the random numbers.</param>
internal sealed record ClassifierSettings(string Name, bool Search, ulong Seed)
{
    /// <summary>The names on the command line.</summary>
    public static readonly string[] Names = ["knn", "l1lr", "rf"];

    /// <summary>The name in tables, as in the COOS paper.</summary>
    public string Title =>
        Name switch
        {
            "knn" => "kNN",
            "l1lr" => "L1 LR",
            _ => "RF",
        };

    /// <summary>A one-sentence description.</summary>
    public string Description =>
        Name switch
        {
            "knn" => "11 nearest neighbours, Euclidean distance, majority vote.",
            "l1lr" => "Multinomial logistic regression with an L1 penalty, C = 1.",
            _ when Search => "A random forest with the best of 100 settings from the paper's grid, chosen by 5-fold cross-validation.",
            _ => "A random forest of 200 trees with scikit-learn's defaults.",
        };
}
