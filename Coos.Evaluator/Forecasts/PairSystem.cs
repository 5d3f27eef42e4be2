namespace Coos.Evaluator.Forecasts;

/// <summary>
/// The least squares solution of equations (w_i + w_j)/2 = b, one per pair of entries, by Cholesky's decomposition of the normal
/// equations.
/// </summary>
internal static class PairSystem
{
    /// <summary>Solves the equations.</summary>
    /// <param name="count">The number of unknowns.</param>
    /// <param name="pairs">The pairs (i, j) of different unknowns with their b.</param>
    /// <returns>
    /// The unknowns; null where the pairs do not determine one: it has none, or its pairs only link two groups of entries, of
    /// which one could be higher by as much as the other is lower.
    /// </returns>
    public static double?[] Solve(int count, IReadOnlyList<(int First, int Second, double Value)> pairs)
    {
        var isDetermined = FindDetermined(count, pairs);
        int[] unknowns = [.. Enumerable.Range(0, count).Where(i => isDetermined[i])];
        var places = new int[count];
        for (var u = 0; u < unknowns.Length; u++)
        {
            places[unknowns[u]] = u;
        }

        var right = new double[unknowns.Length];
        double[][] matrix = [.. unknowns.Select(_ => new double[unknowns.Length])];
        foreach (var (first, second, value) in pairs.Where(p => isDetermined[p.First]))
        {
            var (i, j) = (places[first], places[second]);
            matrix[i][i] += 0.25;
            matrix[j][j] += 0.25;
            matrix[i][j] += 0.25;
            matrix[j][i] += 0.25;
            right[i] += value / 2;
            right[j] += value / 2;
        }

        SolveInPlace(matrix, right);
        var solution = new double?[count];
        for (var u = 0; u < unknowns.Length; u++)
        {
            solution[unknowns[u]] = right[u];
        }

        return solution;
    }

    /// <summary>Finds the unknowns whose connected component has a cycle of odd length: only these are determined.</summary>
    private static bool[] FindDetermined(int count, IReadOnlyList<(int First, int Second, double Value)> pairs)
    {
        var neighbours = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            neighbours[i] = [];
        }

        foreach (var (first, second, _) in pairs)
        {
            neighbours[first].Add(second);
            neighbours[second].Add(first);
        }

        var (sides, result) = (new int[count], new bool[count]);
        for (var start = 0; start < count; start++)
        {
            if (sides[start] != 0)
            {
                continue;
            }

            var component = new List<int> { start };
            var isOdd = false;
            sides[start] = 1;
            for (var c = 0; c < component.Count; c++)
            {
                foreach (var next in neighbours[component[c]])
                {
                    if (sides[next] == 0)
                    {
                        sides[next] = -sides[component[c]];
                        component.Add(next);
                    }

                    isOdd |= sides[next] == sides[component[c]];
                }
            }

            component.ForEach(i => result[i] = isOdd);
        }

        return result;
    }

    private static void SolveInPlace(double[][] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i][k] * matrix[j][k];
                }

                matrix[i][j] = i == j ? Math.Sqrt(sum) : sum / matrix[j][j];
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                right[i] -= matrix[i][k] * right[k];
            }

            right[i] /= matrix[i][i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                right[i] -= matrix[k][i] * right[k];
            }

            right[i] /= matrix[i][i];
        }
    }
}
