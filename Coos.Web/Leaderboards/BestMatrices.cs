using System.Collections.Concurrent;
using Coos.Server.Leaderboards;
using Coos.Web.Confusion;

namespace Coos.Web.Leaderboards;

/// <summary>
/// The confusion matrices of each board's best entry, drawn once: an evaluation never changes, and a page must not read a
/// report from the database each time.
/// </summary>
internal sealed class BestMatrices(LeaderboardReader reader)
{
    private readonly ConcurrentDictionary<string, (Guid Evaluation, IReadOnlyList<MatrixPicture> Pictures)> _drawn = new();

    /// <summary>The matrices of <see cref="Board.BestScored"/>; none where there is no such entry, or where it was deleted a moment ago.</summary>
    public async ValueTask<IReadOnlyList<MatrixPicture>> FindAsync(Board board, CancellationToken cancellation)
    {
        if (board.BestScored?.Entry.EvaluationId is not { } id)
        {
            return [];
        }

        if (_drawn.TryGetValue(board.Benchmark.Slug, out var drawn) && drawn.Evaluation == id)
        {
            return drawn.Pictures;
        }

        var evaluation = await reader.FindEvaluationAsync(id, cancellation);
        IReadOnlyList<MatrixPicture> pictures = evaluation is null ? [] : MatrixPicture.DrawAll(evaluation, board.Benchmark);
        _drawn[board.Benchmark.Slug] = (id, pictures);
        return pictures;
    }
}
