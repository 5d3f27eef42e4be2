using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;

namespace Coos.Shared.Predictions;

/// <summary>
/// The columns of a prediction file, and the names that scripts give to probabilities: <c>prob_0</c>, <c>p00</c>, <c>P0</c>, the
/// number of a class, or its name.
/// </summary>
internal sealed partial class ScoreNames : HeaderMeaning
{
    private const string Probability = "p";
    private const string Logit = "z";

    private readonly ClassNames _classes;
    private readonly int _first;

    /// <summary>Creates the names of a header.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="header">The names in the header, which tell whether classes are counted from 0 or 1.</param>
    public ScoreNames(ClassNames classes, IReadOnlyList<string> header)
        : base(Known(classes))
    {
        _classes = classes;
        int[] numbers = [.. header.Select(Parse).Where(p => p is not null).Select(p => p!.Value.Number)];
        _first = numbers.Contains(classes.Count) && !numbers.Contains(0) ? 1 : 0;
    }

    /// <inheritdoc/>
    public override string Allowed
    {
        get
        {
            var last = _classes.Count - 1;
            return $"{PredictionColumns.ImageIdName}, {PredictionColumns.LabelName}, p0 to p{last} (or logits, z0 to z{last})";
        }
    }

    /// <summary>The columns that a prediction file may have.</summary>
    public static string[] Known(ClassNames classes) =>
        [
            PredictionColumns.ImageIdName,
            PredictionColumns.LabelName,
            .. Enumerable.Range(0, classes.Count).Select(i => Name(Probability, i)),
            .. Enumerable.Range(0, classes.Count).Select(i => Name(Logit, i)),
        ];

    /// <inheritdoc/>
    public override string? Find(string name)
    {
        if (base.Find(name) is { } column)
        {
            return column;
        }

        if (Parse(name) is { } parsed)
        {
            var index = parsed.Number - _first;
            return index >= 0 && index < _classes.Count ? Name(parsed.Kind, index) : null;
        }

        return FindClass(name);
    }

    /// <inheritdoc/>
    public override string Explain(string column) =>
        column[0] switch
        {
            _ when column is PredictionColumns.ImageIdName or PredictionColumns.LabelName => "",
            'z' => $"; logits are z0 to z{_classes.Count - 1} in class order",
            _ => $"; probabilities are p0 to p{_classes.Count - 1} in class order",
        };

    /// <summary>Finds the column of a class by its name, with a prefix such as <c>prob_</c> or without.</summary>
    private string? FindClass(string name)
    {
        var match = Prefix().Match(name.Trim());
        var index = _classes.Find(Encoding.UTF8.GetBytes(name.Trim()));
        if (index < 0 && match.Success)
        {
            index = _classes.Find(Encoding.UTF8.GetBytes(match.Groups["class"].Value));
        }

        return index < 0 ? null : Name(KindOf(match.Groups["kind"].Value), index);
    }

    private static (string Kind, int Number)? Parse(string name)
    {
        var match = Numbered().Match(name.Trim());
        return match.Success
            ? (KindOf(match.Groups["kind"].Value), int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
            : null;
    }

    private static string KindOf(string word) =>
        word.StartsWith("logit", StringComparison.OrdinalIgnoreCase) || word.Equals(Logit, StringComparison.OrdinalIgnoreCase)
            ? Logit
            : Probability;

    private static string Name(string kind, int index) => kind + index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^((?<kind>p|z|prob|proba|probs|probability|probabilities|scores?|conf|confidence|softmax|pred|predictions?|logits?|class|c|y|v)"
            + @"(_?(class|c))?)?[\s_.\-\[\(]*0*(?<number>\d{1,3})[\]\)]?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"^(?<kind>p|z|prob|proba|probability|score|conf|confidence|softmax|pred|prediction|logits?)[\s_.\-\[\(]+(?<class>.+?)[\]\)]?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Prefix();
}
