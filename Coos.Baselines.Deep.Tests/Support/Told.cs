using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Hears of every step on the training's own thread, and may end it by throwing.</summary>
internal sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => tell(value);
}
