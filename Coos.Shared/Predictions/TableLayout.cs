using System.Globalization;

namespace Coos.Shared.Predictions;

/// <summary>The words for the rows and columns of a file, for its messages: those of text differ from those of arrays.</summary>
/// <param name="Row">What a row is called: <c>line</c> in text, otherwise <c>row</c>.</param>
/// <param name="Label">The name of the column of labels.</param>
/// <param name="Score">The name of the column with the score of a class.</param>
/// <param name="LogitAdvice">How to say that the scores are logits.</param>
internal sealed record TableLayout(string Row, string Label, Func<int, string> Score, string LogitAdvice)
{
    /// <summary>How to write whole numbers that were written as floating-point ones.</summary>
    public string IntegerAdvice { get; init; } = "in numpy.savetxt, fmt=\"%d\"";

    /// <summary>The layout of a table with named columns.</summary>
    /// <param name="row">What a row is called.</param>
    /// <param name="letter">The first letter of the columns of scores.</param>
    /// <param name="classes">The number of classes.</param>
    public static TableLayout OfColumns(string row, char letter, int classes) =>
        new(
            row,
            PredictionColumns.LabelName,
            k => letter + k.ToString(CultureInfo.InvariantCulture),
            $"name the columns z0 to z{(classes - 1).ToString(CultureInfo.InvariantCulture)}"
        );

    /// <summary>A number of rows: <c>1 line has</c>, <c>1,200 lines have</c>.</summary>
    public string CountWithVerb(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {Row}{(count == 1 ? " has" : "s have")}");
}
