using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Calls an action for every step, on the training thread; the action can end the run by throwing.</summary>
internal sealed class ProgressCallback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
