using System.Globalization;
using System.Text;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Web.Components;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>How entries are cited, in BibTeX.</summary>
internal static class BibTex
{
    private const int LongestMethod = 32;

    /// <summary>The benchmark's own citation and one for each entry that was scored here; results of publications are the benchmark's or their own publication's to cite.</summary>
    /// <param name="board">The board.</param>
    /// <param name="addressOf">The absolute address of a path.</param>
    public static string Of(Board board, Func<string, string> addressOf)
    {
        var text = new StringBuilder();
        if (board.Benchmark.Citation.Length > 0)
        {
            text.Append(board.Benchmark.Citation.Trim()).Append('\n');
        }

        foreach (var source in board.Rows.Where(r => r.Entry.Kind == SubmissionKind.Reported).GroupBy(r => r.Entry.Submitter))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n% {source.Count()} results reported in: {source.Key}\n");
        }

        foreach (var row in board.Rows.Where(r => r.Entry.Kind != SubmissionKind.Reported))
        {
            var note = row.Score is { } error ? Score(error, board.Benchmark) : null;
            text.Append('\n')
                .Append(
                    Of(
                        new CitedEntry(row.Entry.Id, row.Entry.Method, row.Entry.Submitter, row.Entry.CreatedAt, note),
                        board.Benchmark,
                        addressOf
                    )
                );
        }

        return text.ToString();
    }

    /// <summary>The citation of one entry.</summary>
    public static string Of(CitedEntry entry, Benchmark benchmark, Func<string, string> addressOf)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"@misc{{{Key(entry, benchmark)},\n");
        Append("author", $"{{{LatexText.Escape(entry.Submitter)}}}");
        Append("title", $"{{{LatexText.Escape(entry.Method)}}} on the leaderboard of {{{LatexText.Escape(benchmark.Name)}}}");
        if (entry.CreatedAt is { } time)
        {
            Append("year", time.ToString("yyyy", CultureInfo.InvariantCulture));
            Append("month", time.ToString("MM", CultureInfo.InvariantCulture).TrimStart('0'));
        }

        Append("url", addressOf(Addresses.Submission(entry.Id)));
        if (entry.Note is { } note)
        {
            Append("note", LatexText.Escape(note));
        }

        return text.Append("}\n").ToString();

        void Append(string field, string value) => text.Append(CultureInfo.InvariantCulture, $"  {field} = {{{value}}},\n");
    }

    /// <summary>The error by which an entry ranks, in words.</summary>
    public static string Score(double error, Benchmark benchmark) =>
        $"Class-balanced error {Percent.Fine(error)}% on {BoardSummary.Titles(benchmark)}";

    /// <summary>A key that can be read, and is no other entry's: the ids' ends are random.</summary>
    private static string Key(CitedEntry entry, Benchmark benchmark)
    {
        var method = new StringBuilder();
        foreach (var letter in entry.Method.ToLowerInvariant().Take(LongestMethod))
        {
            method.Append(
                char.IsAsciiLetterOrDigit(letter) ? letter
                : method.Length > 0 && method[^1] != '-' ? '-'
                : null
            );
        }

        return string.Join(
            '-',
            new[] { benchmark.Slug, method.ToString().Trim('-'), entry.Id.ToString("N")[^12..] }.Where(p => p.Length > 0)
        );
    }
}

/// <summary>What a citation says of an entry.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">Its method.</param>
/// <param name="Submitter">Who sent it.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="Note">Its score and what that was made with; null where there is none.</param>
internal sealed record CitedEntry(Guid Id, string Method, string Submitter, DateTime? CreatedAt, string? Note);
