using System.Text;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Benchmarks;

/// <summary>Reads a class in the query of a request.</summary>
internal static class ClassParameter
{
    /// <summary>Reads a class: its index, its name or its short name.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="text">Its value.</param>
    /// <param name="benchmark">The benchmark, which has the classes.</param>
    /// <param name="problems">Receives that there is no such class.</param>
    /// <returns>The index of the class; null if the parameter is empty, or invalid.</returns>
    public static int? Read(string name, string? text, Benchmark benchmark, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var index = benchmark.ClassNames.Find(Encoding.UTF8.GetBytes(text.Trim()));
        if (index >= 0)
        {
            return index;
        }

        problems.Add(new FieldProblem(name, "bad-value", $"{name} is \"{text.Shorten()}\"; allowed: {benchmark.ClassNames.Allowed}"));
        return null;
    }
}
