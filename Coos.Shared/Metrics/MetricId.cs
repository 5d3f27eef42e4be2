namespace Coos.Shared.Metrics;

/// <summary>The metrics that a benchmark can name. <see cref="MetricInfo"/> describes them, and docs/metrics.md defines them.</summary>
public enum MetricId
{
    /// <summary>1 - the mean sensitivity.</summary>
    BalancedError,

    /// <summary>The share of images predicted wrongly.</summary>
    Error,

    /// <summary>The share of images predicted correctly.</summary>
    Accuracy,

    /// <summary>The mean sensitivity.</summary>
    BalancedAccuracy,

    /// <summary>The mean F1 of the classes.</summary>
    MacroF1,

    /// <summary>The accuracy of the group with the lowest one.</summary>
    WorstGroupAccuracy,

    /// <summary>The sensitivity of the class with the lowest one.</summary>
    WorstClassSensitivity,

    /// <summary>A low percentile of the accuracies of groups.</summary>
    GroupPercentileAccuracy,

    /// <summary>The share of images whose class is among the k most probable ones.</summary>
    TopKAccuracy,

    /// <summary>The mean over classes of the mean -ln p of the true class.</summary>
    BalancedLogLoss,

    /// <summary>The mean -ln p of the true class.</summary>
    LogLoss,

    /// <summary>The mean squared difference between probabilities and truth.</summary>
    Brier,

    /// <summary>The area under the ROC curve.</summary>
    Auroc,

    /// <summary>Matthews' correlation coefficient.</summary>
    Mcc,

    /// <summary>Cohen's kappa with quadratic weights.</summary>
    QuadraticKappa,

    /// <summary>The weighted mean of metrics that the manifest mixes.</summary>
    Composite,
}
