using System.Collections.Concurrent;

namespace Coos.Server.Scoring;

/// <summary>Wakes the requests that wait for a submission's scores, where the evaluator runs in the same process.</summary>
internal sealed class EvaluationSignals
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>A task that ends when the submission was worked on; ask before it is queued.</summary>
    public Task For(Guid id) =>
        _waiting.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Says that it was worked on.</summary>
    public void Complete(Guid id)
    {
        if (_waiting.TryRemove(id, out var source))
        {
            source.SetResult();
        }
    }

    /// <summary>Forgets a submission that nobody waits for any longer.</summary>
    public void Forget(Guid id) => _waiting.TryRemove(id, out _);
}
