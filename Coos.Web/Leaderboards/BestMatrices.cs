using System.Collections.Concurrent;
using Coos.Server.Leaderboards;
using Coos.Web.Confusion;

namespace Coos.Web.Leaderboards;

/// <summary>
/// Caches the drawn confusion matrices of each board's best entry. An evaluation never changes, and a page should not read
/// its report from the database on each request.
/// </summary>
internal sealed class BestMatrices(LeaderboardReader reader)
{
    private readonly ConcurrentDictionary<string, (Guid Evaluation, IReadOnlyList<MatrixPicture> Pictures)> _drawn = new();

    /// <summary>
    /// The matrices of <see cref="Board.BestScored"/>; empty if there is none, it was just deleted, or scores are guarded.
    /// </summary>
    public async ValueTask<IReadOnlyList<MatrixPicture>> FindAsync(Board board, CancellationToken cancellation)
    {
        if (board.Benchmark.Disclosure.IsGuarded || board.BestScored?.Entry.EvaluationId is not { } id)
        {
            return [];
        }

        if (_drawn.TryGetValue(board.Benchmark.Slug, out var drawn) && drawn.Evaluation == id)
        {
            return drawn.Pictures;
        }

        var evaluation = await reader.FindEvaluationAsync(board.Benchmark, id, cancellation);
        IReadOnlyList<MatrixPicture> pictures = evaluation is null ? [] : MatrixPicture.DrawAll(evaluation, board.Benchmark);
        _drawn[board.Benchmark.Slug] = (id, pictures);
        return pictures;
    }
}
