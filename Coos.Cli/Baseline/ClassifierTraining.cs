using Coos.Baselines.Classifiers;
using Coos.Baselines.Forest;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline;

/// <summary>Trains the classifier that settings name, with a progress bar; any features will do.</summary>
internal sealed class ClassifierTraining(ClassifierSettings settings)
{
    /// <summary>The forest's settings; null for other classifiers.</summary>
    public ForestOptions? Forest { get; private set; }

    /// <summary>The error of the forest's settings in cross-validation, 0..1; null where none were searched for.</summary>
    public double? CrossValidationError { get; private set; }

    /// <summary>Trains.</summary>
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
                    "logistic regression", L1LogisticRegression.ProgressSteps, progress => L1LogisticRegression.Train(training, progress: progress, cancellation: cancellation));
            default:
                Forest = new ForestOptions();
                if (settings.Search)
                {
                    (Forest, CrossValidationError) = ProgressBar.Show(
                        "search", ForestSearch.DefaultSamples * ForestSearch.Folds, progress => ForestSearch.Run(training, settings.Seed, progress: progress, cancellation: cancellation));
                }

                return ProgressBar.Show("forest", Forest.Trees, progress => RandomForest.Train(training, Forest, settings.Seed, progress, cancellation));
        }
    }
}
