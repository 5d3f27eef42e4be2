using System.Globalization;
using System.Text;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Mixes;

/// <summary>Reads a mix from a query string: <c>weights=ER:0.4,Golgi:0.6&amp;costs=Golgi&gt;Endosome:3&amp;splits=test4</c>.</summary>
internal static class MixReader
{
    /// <summary>The maximum length of a parameter: enough for 256 classes with long names.</summary>
    public const int MaximumLength = 8000;

    /// <summary>Reads a mix.</summary>
    /// <param name="benchmark">The benchmark with the classes and splits.</param>
    /// <param name="parameters">Returns the text of a parameter; empty if it is absent.</param>
    /// <param name="problems">Receives the problems; an invalid parameter is treated as absent.</param>
    public static MixQuery Read(Benchmark benchmark, Func<string, string> parameters, List<FieldProblem> problems) =>
        new()
        {
            Weights = Read(MixQuery.WeightsName, parameters, problems, (text, own) => ReadWeights(benchmark, text, own)),
            Costs = Read(MixQuery.CostsName, parameters, problems, (text, own) => ReadCosts(benchmark, text, own)) ?? [],
            Splits = Read(MixQuery.SplitsName, parameters, problems, (text, own) => ReadSplits(benchmark, text, own)) ?? [],
        };

    private static IReadOnlyList<T>? Read<T>(
        string name,
        Func<string, string> parameters,
        List<FieldProblem> problems,
        Func<string, List<FieldProblem>, IReadOnlyList<T>> read
    )
    {
        var text = parameters(name).Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length > MaximumLength)
        {
            problems.Add(
                new FieldProblem(
                    name,
                    "too-long",
                    $"{name} has {text.Length:N0} characters; at most {MaximumLength:N0} are allowed. Name classes by index to shorten it"
                )
            );
            return null;
        }

        var own = new List<FieldProblem>();
        var values = read(text, own);
        problems.AddRange(own);
        return own.Count == 0 ? values : null;
    }

    private static double[] ReadWeights(Benchmark benchmark, string text, List<FieldProblem> problems)
    {
        var weights = new double[benchmark.Classes.Count];
        var known = new HashSet<int>();
        foreach (var (name, number) in Divide(MixQuery.WeightsName, text, "ER:0.4", problems))
        {
            var label = FindClass(MixQuery.WeightsName, benchmark, name, problems);
            var weight = ReadNumber(MixQuery.WeightsName, $"The weight of {name.Shorten()}", number, MixQuery.LargestWeight, problems);
            if (label is { } index && !known.Add(index))
            {
                problems.Add(
                    new FieldProblem(
                        MixQuery.WeightsName,
                        "duplicate",
                        $"{benchmark.Classes[index].Name} has two weights; give each class one weight at most"
                    )
                );
            }

            weights[label ?? 0] = weight ?? 0;
        }

        if (problems.Count == 0 && weights.All(w => w == 0))
        {
            problems.Add(
                new FieldProblem(MixQuery.WeightsName, "all-zero", "All weights are 0; at least one class needs a weight above 0")
            );
        }

        return weights;
    }

    private static List<MixCost> ReadCosts(Benchmark benchmark, string text, List<FieldProblem> problems)
    {
        const string Name = MixQuery.CostsName;
        var costs = new List<MixCost>();
        foreach (var (pair, number) in Divide(Name, text, "Golgi>Endosome:3", problems))
        {
            var (from, to) = pair.IndexOf('>', StringComparison.Ordinal) is > 0 and var at
                ? (pair[..at].Trim(), pair[(at + 1)..].Trim())
                : ("", "");
            if (from.Length == 0 || to.Length == 0)
            {
                problems.Add(
                    new FieldProblem(
                        Name,
                        "bad-value",
                        $"\"{pair.Shorten()}\" is not a confusion; write the true class, > and the predicted class, such as Golgi>Endosome"
                    )
                );
                continue;
            }

            var (actual, predicted) = (FindOrAll(benchmark, from, problems), FindOrAll(benchmark, to, problems));
            var cost = ReadNumber(Name, $"The cost of {pair.Shorten()}", number, MixQuery.LargestCost, problems);
            if (actual == predicted && (actual is not null || (from == "*" && to == "*")))
            {
                problems.Add(
                    new FieldProblem(
                        Name,
                        "bad-value",
                        actual is null
                            ? "*>* would change every cost alike; name at least one of the two classes"
                            : $"{pair.Shorten()} is a correct prediction, which costs nothing; name two different classes"
                    )
                );
            }
            else if (costs.Any(c => c.Actual == actual && c.Predicted == predicted) && problems.Count == 0)
            {
                problems.Add(new FieldProblem(Name, "duplicate", $"{pair.Shorten()} has two costs; give each confusion one cost at most"));
            }

            costs.Add(new MixCost(actual, predicted, cost ?? 1));
        }

        return costs;
    }

    private static List<string> ReadSplits(Benchmark benchmark, string text, List<FieldProblem> problems)
    {
        const string Name = MixQuery.SplitsName;
        var splits = new List<string>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var split = benchmark.TestSplits.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (split is null)
            {
                var allowed = string.Join(", ", benchmark.TestSplits.Select(s => s.Name));
                problems.Add(
                    new FieldProblem(
                        Name,
                        "unknown-split",
                        $"\"{name.Shorten()}\" is not a test set of {benchmark.Name}; it has: {allowed}"
                    )
                );
            }
            else if (!splits.Contains(split.Name))
            {
                splits.Add(split.Name);
            }
        }

        return splits;
    }

    /// <summary>
    /// Divides a list of names with numbers. A comma before a part without a colon belongs to the name of a class; the last colon
    /// comes before the number.
    /// </summary>
    private static IEnumerable<(string Name, string Number)> Divide(string field, string text, string example, List<FieldProblem> problems)
    {
        var pending = "";
        foreach (var part in text.Split(','))
        {
            pending = pending.Length > 0 ? $"{pending},{part}" : part;
            var colon = pending.LastIndexOf(':');
            if (colon >= 0)
            {
                yield return (pending[..colon].Trim(), pending[(colon + 1)..].Trim());
                pending = "";
            }
        }

        if (pending.Trim().Length > 0)
        {
            problems.Add(
                new FieldProblem(
                    field,
                    "bad-value",
                    $"\"{pending.Trim().Shorten()}\" has no number; write a colon and a number after each, such as {example}"
                )
            );
        }
    }

    private static int? FindOrAll(Benchmark benchmark, string name, List<FieldProblem> problems) =>
        name == "*" ? null : FindClass(MixQuery.CostsName, benchmark, name, problems);

    private static int? FindClass(string field, Benchmark benchmark, string name, List<FieldProblem> problems)
    {
        var index = name.Length == 0 ? -1 : benchmark.ClassNames.Find(Encoding.UTF8.GetBytes(name));
        if (index >= 0)
        {
            return index;
        }

        problems.Add(
            new FieldProblem(
                field,
                "unknown-class",
                $"\"{name.Shorten()}\" is not a class of {benchmark.Name}; allowed: {benchmark.ClassNames.Allowed}"
            )
        );
        return null;
    }

    private static double? ReadNumber(string field, string what, string text, double largest, List<FieldProblem> problems)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        var isNumber = double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        if (isNumber && number >= 0 && number <= largest)
        {
            return number;
        }

        var range = string.Create(CultureInfo.InvariantCulture, $"a number from 0 to {largest:N0} with a decimal point");
        problems.Add(
            new FieldProblem(
                field,
                "bad-value",
                isNumber ? $"{what} is {text.Shorten()}; it must be {range}" : $"{what} is \"{text.Shorten()}\", which is not {range}"
            )
        );
        return null;
    }
}
