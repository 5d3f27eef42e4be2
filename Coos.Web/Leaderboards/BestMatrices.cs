using System.Collections.Concurrent;
using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Leaderboards;
using Coos.Shared;
using Coos.Shared.Scores;
using Coos.Web.Confusion;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Leaderboards;

/// <summary>
/// The confusion matrices of each board's best entry, drawn once: an evaluation never changes, and a page must not read a
/// report from the database each time.
/// </summary>
internal sealed class BestMatrices(IDbContextFactory<CoosDbContext> databases)
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

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var report = await database.Set<StoredEvaluation>().Where(e => e.Id == id).Select(e => e.Report).FirstOrDefaultAsync(cancellation);
        IReadOnlyList<MatrixPicture> pictures = report is null ? [] : MatrixPicture.Of(JsonSerializer.Deserialize<Evaluation>(report, CoosJson.Options)!, board.Benchmark);
        _drawn[board.Benchmark.Slug] = (id, pictures);
        return pictures;
    }
}
