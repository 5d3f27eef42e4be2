using Coos.Server.Data;

namespace Coos.Server.Models;

/// <summary>Renews the claim of a run while it lasts, and ends the run when the claim is lost.</summary>
internal sealed class RunLease : IAsyncDisposable
{
    private readonly ModelClaims _claims;
    private readonly ModelRun _run;
    private readonly CancellationTokenSource _end;
    private readonly Task _renewal;
    private int _done;
    private int _total;

    /// <summary>Begins to renew the claim.</summary>
    public RunLease(ModelClaims claims, ModelRun run, CancellationToken cancellation)
    {
        (_claims, _run) = (claims, run);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _renewal = Task.Run(RenewAsync, CancellationToken.None);
    }

    /// <summary>Cancelled when the claim is lost or the server stops.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Whether another runner has the run, or its submission was deleted.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Tells how many images are to be scored.</summary>
    public void Expect(int images) => Volatile.Write(ref _total, images);

    /// <summary>Tells that images were scored.</summary>
    public void Advance(int images) => Interlocked.Add(ref _done, images);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewal;
        _end.Dispose();
    }

    private async Task RenewAsync()
    {
        var failures = 0;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(ModelClaims.RenewPeriod, _end.Token);
                IsLost = !await _claims.RenewAsync(_run, Volatile.Read(ref _done), Volatile.Read(ref _total), _end.Token);
                failures = 0;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
            {
                // The database is away for a moment; the claim is valid for several periods.
                IsLost = ++failures > 4;
            }

            if (IsLost)
            {
                await _end.CancelAsync();
            }
        }
    }
}
