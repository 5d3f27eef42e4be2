namespace Coos.Models.Protocol;

/// <summary>The kinds of messages that the runner sends.</summary>
public enum FrameKind
{
    /// <summary>No message; never sent.</summary>
    None = 0,

    /// <summary>The limits and the filter are in force; the runner takes a request. Without content.</summary>
    Ready = 1,

    /// <summary>The model can be run: <see cref="ModelFacts"/>.</summary>
    Facts = 2,

    /// <summary>The scores of a batch: one 32-bit number for each image and class, image by image.</summary>
    Scores = 3,

    /// <summary>The model is done: <see cref="RunnerTotals"/>.</summary>
    Totals = 4,

    /// <summary>The model cannot be run: <see cref="ModelProblem"/>. The runner takes the next request.</summary>
    Problem = 5,
}
