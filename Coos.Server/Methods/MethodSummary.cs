using System.Globalization;

namespace Coos.Server.Methods;

/// <summary>Says in one sentence what the tests of a board of methods show.</summary>
internal static class MethodSummary
{
    /// <summary>Describes a board; empty without methods.</summary>
    public static string Describe(MethodBoard board)
    {
        var count = board.Methods.Count;
        if (count == 0)
        {
            return "";
        }

        var best = board.Methods[0].Group.Method;
        return (count, board.Tied) switch
        {
            (1, _) => $"{best} is the only method with {MethodGroup.MinimumRuns} or more runs, so it is tested against no other.",
            (2, 0) => $"{best} is significantly better than {board.Methods[1].Group.Method}.",
            (_, 0) => $"{best} is significantly better than all {Number(count - 1)} others.",
            (2, _) => "No difference between the two methods is shown.",
            var (all, tied) when all == tied => $"No difference between the {Number(all)} methods is shown.",
            var (all, tied) =>
                $"No difference from the best method is shown for {Number(tied - 1)} of the {Number(all - 1)} other methods.",
        };
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
