using System.Buffers.Text;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>Reads the probabilities or logits of a prediction file that is text.</summary>
internal sealed class ScoreColumns
{
    private readonly DelimitedReader _reader;
    private readonly PredictionColumns _columns;
    private readonly ProblemList _problems;
    private readonly Func<int> _decimals;

    public ScoreColumns(PredictionTarget target, DelimitedReader reader, PredictionColumns columns, ProblemList problems)
    {
        _reader = reader;
        _columns = columns;
        _problems = problems;
        _decimals = CountDecimals;
        Table = new ScoreTable(target, columns.Layout, columns.AreLogits, isSingle: false, problems);
    }

    /// <summary>The scores.</summary>
    public ScoreTable Table { get; }

    /// <summary>Checks and stores the scores of the current record.</summary>
    /// <param name="image">The image; -1 if the record has none.</param>
    /// <returns>The class with the largest score; the lowest index on a tie.</returns>
    public int Read(int image)
    {
        var sum = 0.0;
        var best = 0;
        var largest = double.NegativeInfinity;
        var isValid = true;
        var row = Table.Begin(image);
        for (var k = 0; k < row.Length; k++)
        {
            if (!TryParse(_reader[_columns.Scores[k]], out var value))
            {
                isValid = false;
                continue;
            }

            sum += value;
            (best, largest) = value > largest ? (k, value) : (best, largest);
            row[k] = value;
        }

        if (!isValid)
        {
            ReportNumbers();
        }
        else
        {
            Table.CheckSum(row, sum, _reader.Line, _decimals);
            Table.Store(image);
        }

        return best;
    }

    private bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (!_columns.AreLogits)
        {
            return ProbabilityParser.TryParse(text, out value);
        }

        var isNumber = Utf8Parser.TryParse(text, out value, out var read) && read == text.Length && double.IsFinite(value);
        value += 0.0; // -0 and 0 are the same logit and must have the same hash
        return isNumber;
    }

    private void ReportNumbers()
    {
        var row = _problems.IsFull ? [] : _columns.Scores.Select(field => ScoreRow.Parse(_reader[field])).ToArray();
        for (var k = 0; k < _columns.Scores.Length; k++)
        {
            var text = _reader[_columns.Scores[k]];
            if (!TryParse(text, out _))
            {
                Table.ReportNumber(_reader.Line, k, text, row);
            }
        }
    }

    private int CountDecimals()
    {
        var decimals = 0;
        foreach (var field in _columns.Scores)
        {
            decimals = Math.Max(decimals, RoundedSum.CountDecimals(_reader[field]));
        }

        return decimals;
    }
}
