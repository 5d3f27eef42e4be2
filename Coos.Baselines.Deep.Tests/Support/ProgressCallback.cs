using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Calls an action for every step on the thread of the training; the action may end it by throwing.</summary>
internal sealed class ProgressCallback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
