using System.Collections.Concurrent;

namespace Coos.Server.Scoring;

/// <summary>Wakes requests that wait for a submission's scores when the evaluator runs in the same process.</summary>
internal sealed class EvaluationSignals
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>A task that completes when the submission was processed. Call this before the submission is queued.</summary>
    public Task For(Guid id) =>
        _waiting.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Signals that the submission was processed.</summary>
    public void Complete(Guid id)
    {
        if (_waiting.TryRemove(id, out var source))
        {
            source.SetResult();
        }
    }

    /// <summary>Removes a submission that no request waits for any longer.</summary>
    public void Forget(Guid id) => _waiting.TryRemove(id, out _);
}
