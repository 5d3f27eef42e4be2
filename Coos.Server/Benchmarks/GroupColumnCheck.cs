using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Server.Benchmarks;

/// <summary>
/// Checks that labels have the columns that the manifest names in <c>groups</c>. Without one, a metric that compares groups has no value,
/// and entries would be without a rank and without a reason.
/// </summary>
internal static class GroupColumnCheck
{
    /// <summary>Reports the columns that the labels of a test split do not have, or in which no image has a value.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The split; training splits are not scored, so they need no groups.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Report(Benchmark benchmark, Split split, SplitLabels labels, string file, ProblemList problems)
    {
        if (split.Role == SplitRole.Training)
        {
            return;
        }

        foreach (var column in benchmark.Groups)
        {
            if (labels.Find(column) is not { } values)
            {
                problems.Add(
                    file,
                    null,
                    column,
                    ProblemCode.MissingColumn,
                    $"the labels have no column {column}, which groups in the manifest names; add the column, or remove it from groups"
                );
            }
            else if (values.All(v => v.Length == 0))
            {
                problems.Add(
                    file,
                    null,
                    column,
                    ProblemCode.MissingColumn,
                    $"no image has a value in the column {column}, which groups in the manifest names; fill it, or remove it from groups"
                );
            }
        }
    }
}
