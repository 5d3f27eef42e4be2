using Coos.Baselines.Classifiers;
using Coos.Baselines.Forest;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline;

/// <summary>Trains the classifier named by the settings, on any features, and shows a progress bar.</summary>
internal sealed class ClassifierTraining(ClassifierSettings settings)
{
    /// <summary>The forest's settings after training; null for other classifiers.</summary>
    public ForestOptions? Forest { get; private set; }

    /// <summary>The cross-validation error of the chosen forest settings, 0..1; null without a search.</summary>
    public double? CrossValidationError { get; private set; }

    /// <summary>Trains the classifier.</summary>
    /// <param name="training">N standardised images.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IClassifier Train(TrainingSet training, CancellationToken cancellation)
    {
        switch (settings.Name)
        {
            case "knn":
                return new NearestNeighbours(training);
            case "l1lr":
                return ProgressBar.Show(
                    "logistic regression",
                    L1LogisticRegression.ProgressSteps,
                    progress => L1LogisticRegression.Train(training, progress: progress, cancellation: cancellation)
                );
            default:
                Forest = new ForestOptions();
                if (settings.Search)
                {
                    (Forest, CrossValidationError) = ProgressBar.Show(
                        "search",
                        ForestSearch.DefaultSamples * ForestSearch.Folds,
                        progress => ForestSearch.Run(training, settings.Seed, progress: progress, cancellation: cancellation)
                    );
                }

                return ProgressBar.Show(
                    "forest",
                    Forest.Trees,
                    progress => RandomForest.Train(training, Forest, settings.Seed, progress, cancellation)
                );
        }
    }
}
