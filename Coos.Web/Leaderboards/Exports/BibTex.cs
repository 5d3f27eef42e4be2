using System.Globalization;
using System.Text;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Components;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Writes BibTeX entries for a benchmark and its leaderboard entries.</summary>
internal static class BibTex
{
    private const int MaxMethodLength = 32;

    /// <summary>
    /// Writes the benchmark's citation and one for each entry scored on this server. Reported results are only listed by
    /// source in comments, because their publications should be cited instead.
    /// </summary>
    /// <param name="board">The board.</param>
    /// <param name="addressOf">Gives the absolute URL of a path.</param>
    public static string Write(Board board, Func<string, string> addressOf)
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
                    Write(
                        new CitedEntry(row.Entry.Id, row.Entry.Method, row.Entry.Submitter, row.Entry.CreatedAt, note),
                        board.Benchmark,
                        addressOf
                    )
                );
        }

        return text.ToString();
    }

    /// <summary>Writes the citation of one entry.</summary>
    public static string Write(CitedEntry entry, Benchmark benchmark, Func<string, string> addressOf)
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

    /// <summary>The ranking error of an entry, in words.</summary>
    public static string Score(double error, Benchmark benchmark)
    {
        var metric = benchmark.Ranking.Info;
        var title = char.ToUpperInvariant(metric.LongTitle[0]) + metric.LongTitle[1..];
        return $"{title} {metric.WriteFine(error)}{metric.Unit} on {BoardSummary.Titles(benchmark)}";
    }

    /// <summary>A readable and unique citation key; the random end of the id makes it unique.</summary>
    private static string Key(CitedEntry entry, Benchmark benchmark)
    {
        var method = new StringBuilder();
        foreach (var letter in entry.Method.ToLowerInvariant().Take(MaxMethodLength))
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

/// <summary>The data of an entry for its citation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">The name of its method.</param>
/// <param name="Submitter">The submitter.</param>
/// <param name="CreatedAt">The time of its submission, UTC.</param>
/// <param name="Note">Its score and how it was computed; null if it has no score.</param>
internal sealed record CitedEntry(Guid Id, string Method, string Submitter, DateTime? CreatedAt, string? Note);
