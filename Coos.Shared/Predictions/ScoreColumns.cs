using System.Buffers.Text;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>Reads the probabilities or logits of a prediction file.</summary>
internal sealed class ScoreColumns
{
    /// <summary>A line whose sum differs from 1 by more is divided by it.</summary>
    private const double SumTolerance = 1e-3;

    /// <summary>The share of lines from which on contradictions between labels and probabilities are not an accident.</summary>
    private const double ContradictingShare = 0.5;

    private readonly PredictionTarget _target;
    private readonly DelimitedReader _reader;
    private readonly PredictionColumns _columns;
    private readonly ProblemList _problems;
    private readonly double[] _otherRow;
    private readonly bool _areLogits;
    private int _lines;
    private int _contradictions;
    private int _rounded;

    public ScoreColumns(PredictionTarget target, DelimitedReader reader, PredictionColumns columns, ProblemList problems)
    {
        _target = target;
        _reader = reader;
        _columns = columns;
        _problems = problems;
        _areLogits = columns.AreLogits;
        _otherRow = new double[target.Classes.Count];
        Values = new double[target.Images.Count * target.Classes.Count];
    }

    /// <summary>The probabilities or logits, images x K; logits until <see cref="ToProbabilities"/>.</summary>
    public double[] Values { get; }

    /// <summary>Checks and stores the scores of the current record.</summary>
    /// <param name="image">The image; -1 if the record has none.</param>
    /// <returns>The class with the largest score; the lowest index on a tie.</returns>
    public int Read(int image)
    {
        var sum = 0.0;
        var best = 0;
        var largest = double.NegativeInfinity;
        var isValid = true;
        var row = RowOf(image);
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
        else if (!_areLogits && Math.Abs(sum - 1) > SumTolerance + 1e-12)
        {
            CheckSum(row, sum);
        }

        return best;
    }

    /// <summary>Counts whether another class than the label of the record read last is more probable.</summary>
    /// <param name="image">The image of the record; -1 if it has none.</param>
    /// <param name="label">Its label.</param>
    /// <param name="best">The class with its largest score.</param>
    public void Compare(int image, int label, int best)
    {
        _lines++;
        if (label != best)
        {
            var row = RowOf(image);
            _contradictions += row[label] < row[best] ? 1 : 0;
        }
    }

    /// <summary>Turns logits into probabilities: the softmax of each line.</summary>
    public void ToProbabilities()
    {
        for (var image = 0; _areLogits && image < _target.Images.Count; image++)
        {
            var row = RowOf(image);
            var largest = double.NegativeInfinity;
            foreach (var value in row)
            {
                largest = Math.Max(largest, value);
            }

            var sum = 0.0;
            for (var k = 0; k < row.Length; k++)
            {
                row[k] = Math.Exp(row[k] - largest);
                sum += row[k];
            }

            for (var k = 0; k < row.Length; k++)
            {
                row[k] /= sum;
            }
        }
    }

    /// <summary>Finds the warnings about the scores of the whole file.</summary>
    public IEnumerable<PredictionWarning> FindWarnings()
    {
        if (_contradictions > ContradictingShare * _lines)
        {
            var (first, last) = (_columns.ScoreName(0), _columns.ScoreName(_target.Classes.Count - 1));
            yield return new(
                _target.Split,
                PredictionWarning.LabelsAndScores,
                FormattableString.Invariant(
                    $"on {_contradictions:N0} of {_lines:N0} lines, another class than the label has the largest value of "
                ) + $"{first} to {last}; are the columns in another order than the classes?"
            );
        }

        if (_rounded > 0)
        {
            yield return new(
                _target.Split,
                PredictionWarning.Rounded,
                FormattableString.Invariant(
                    $"the probabilities of {_rounded:N0} lines sum to 1 only but for rounding, and were divided by their sum; "
                ) + "write more digits"
            );
        }
    }

    private Span<double> RowOf(int image)
    {
        var count = _otherRow.Length;
        return image < 0 ? _otherRow : Values.AsSpan(image * count, count);
    }

    private bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (!_areLogits)
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
                var kind = _areLogits ? "logit" : "probability";
                _problems.Add(
                    _target.File,
                    _reader.Line,
                    _columns.ScoreName(k),
                    ProblemCode.BadProbability,
                    $"{text} is not a {kind}{Explain(text, row)}"
                );
            }
        }
    }

    private string Explain(ReadOnlySpan<byte> text, double?[] row)
    {
        if (_problems.IsFull)
        {
            return "";
        }

        var hint = ScoreRow.Explain(System.Text.Encoding.UTF8.GetString(text), row);
        return _areLogits ? hint.Replace("a number from 0 to 1", "a finite number", StringComparison.Ordinal) : hint;
    }

    private void CheckSum(Span<double> row, double sum)
    {
        var decimals = 0;
        foreach (var field in _columns.Scores)
        {
            decimals = Math.Max(decimals, RoundedSum.CountDecimals(_reader[field]));
        }

        var allowed = RoundedSum.Allowed(decimals, row.Length);
        var difference = Math.Abs(sum - 1);
        if (difference > allowed + 1e-12)
        {
            _problems.Add(
                _target.File,
                _reader.Line,
                null,
                ProblemCode.ProbabilitySum,
                $"the probabilities sum to {sum:0.######}; they must sum to 1 within {allowed:0.######}"
            );
            return;
        }

        _rounded += difference > RoundedSum.Tolerance + 1e-12 ? 1 : 0;
        foreach (ref var value in row)
        {
            value /= sum;
        }
    }
}
