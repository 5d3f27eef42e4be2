using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Coos.Measurements.Load;

/// <summary>Checks the integrity of a SQLite database independently of the server.</summary>
internal static class DatabaseCheck
{
    /// <summary>The checks: a description of the problem and the query that counts it.</summary>
    private static readonly (string What, string Sql)[] Always =
    [
        (
            "submissions without all their files",
            "SELECT COUNT(*) FROM Submissions s WHERE (SELECT COUNT(*) FROM PredictionFiles f WHERE f.SubmissionId = s.Id) <> $splits"
        ),
        (
            "files without their original",
            "SELECT COUNT(*) FROM PredictionFiles f WHERE NOT EXISTS (SELECT 1 FROM OriginalUpload o WHERE o.PredictionFileId = f.Id)"
        ),
        ("submissions stored twice", "SELECT COUNT(*) FROM (SELECT Method FROM Submissions GROUP BY Method HAVING COUNT(*) > 1)"),
        (
            "evaluations without all their scores",
            "SELECT COUNT(*) FROM Evaluations e WHERE (SELECT COUNT(*) FROM SplitScores s WHERE s.EvaluationId = e.Id) <> $splits"
        ),
        (
            "submissions scored twice",
            "SELECT COUNT(*) FROM (SELECT SubmissionId FROM Evaluations GROUP BY SubmissionId HAVING COUNT(*) > 1)"
        ),
    ];

    private static readonly (string What, string Sql)[] WhenIdle =
    [
        ("submissions without a current evaluation", "SELECT COUNT(*) FROM Submissions WHERE CurrentEvaluationId IS NULL"),
    ];

    /// <summary>Finds all problems of a database.</summary>
    /// <param name="path">The database file. A copy is checked, because opening the file itself would already repair it.</param>
    /// <param name="splits">The number of splits that each submission predicts.</param>
    /// <param name="isWhileDown">Whether submissions may still wait for their scores.</param>
    public static IEnumerable<string> FindProblems(string path, int splits, bool isWhileDown = false)
    {
        var copy = Directory.CreateTempSubdirectory("coos-copy-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }

            using var connection = new SqliteConnection($"Data Source={Path.Combine(copy.FullName, Path.GetFileName(path))};Pooling=false");
            connection.Open();
            return [.. Find(connection, splits, isWhileDown ? Always : [.. Always, .. WhenIdle])];
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Find(SqliteConnection connection, int splits, (string What, string Sql)[] checks)
    {
        if (Scalar(connection, "PRAGMA integrity_check", splits) is not "ok" and var damage)
        {
            yield return $"integrity_check: {damage}";
        }

        if (Scalar(connection, "SELECT COUNT(*) FROM pragma_foreign_key_check", splits) is not 0L and var orphans)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{orphans} rows refer to missing rows");
        }

        foreach (var (what, sql) in checks)
        {
            if (Scalar(connection, sql, splits) is long count and > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
            }
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql, int splits)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$splits", splits);
        return command.ExecuteScalar();
    }
}
