using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Shared.Scores;

namespace Coos.Shared.Predictions;

/// <summary>The probabilities or logits of a prediction file, and the rules that hold for each of its rows.</summary>
internal sealed class ScoreTable
{
    /// <summary>A row whose sum differs from 1 by more is divided by it.</summary>
    private const double SumTolerance = 1e-3;

    /// <summary>The share of rows from which on contradictions between labels and probabilities are not an accident.</summary>
    private const double ContradictingShare = 0.5;

    /// <summary>The numbers of a block that is hashed at once: 4 MiB.</summary>
    private const int BlockLength = 1 << 20;

    private readonly PredictionTarget _target;
    private readonly TableLayout _layout;
    private readonly ProblemList _problems;
    private readonly double[] _row;
    private readonly double[]? _doubles;
    private readonly float[]? _floats;
    private int _compared;
    private int _contradictions;
    private int _rounded;

    /// <summary>Creates a table without values.</summary>
    /// <param name="target">The images and classes.</param>
    /// <param name="layout">The words for rows and columns.</param>
    /// <param name="areLogits">Whether the scores are logits.</param>
    /// <param name="isSingle">Whether the file has 32-bit numbers.</param>
    /// <param name="problems">Receives the problems.</param>
    public ScoreTable(PredictionTarget target, TableLayout layout, bool areLogits, bool isSingle, ProblemList problems)
    {
        _target = target;
        _layout = layout;
        _problems = problems;
        AreLogits = areLogits;
        _row = new double[target.Classes.Count];
        var values = target.Images.Count * target.Classes.Count;
        if (isSingle || target.Classes.Count > ConfusionMatrix.MaximumDense)
        {
            _floats = GC.AllocateUninitializedArray<float>(values);
        }
        else
        {
            _doubles = GC.AllocateUninitializedArray<double>(values);
        }
    }

    /// <summary>Checks that the scores of all images can be kept, before room for them is made.</summary>
    /// <returns>Whether they can.</returns>
    public static bool CheckSize(PredictionTarget target, ProblemList problems)
    {
        // A score of a text file has two bytes at least: a digit and a comma.
        var (values, largest) = ((long)target.Images.Count * target.Classes.Count, Math.Min(target.MaximumBytes / 2, Array.MaxLength));
        if (values > largest)
        {
            problems.Add(
                target.File,
                null,
                null,
                ProblemCode.TooLarge,
                $"the scores of {target.Images.Count:N0} images and {target.Classes.Count:N0} classes are {values:N0} numbers; "
                    + $"at most {largest:N0} are read: send labels only"
            );
        }

        return values <= largest;
    }

    /// <summary>Whether the scores are logits.</summary>
    public bool AreLogits { get; set; }

    /// <summary>Room for the scores of an image, until <see cref="Store"/>; of a row without an image for -1.</summary>
    public Span<double> Begin(int image) => image < 0 || _doubles is null ? _row : _doubles.AsSpan(image * _row.Length, _row.Length);

    /// <summary>Stores the scores that were written to <see cref="Begin"/> or changed in <see cref="RowOf"/>.</summary>
    public void Store(int image)
    {
        if (image >= 0 && _floats is not null)
        {
            ClassProbabilities.Narrow(_row, _floats.AsSpan(image * _row.Length, _row.Length));
        }
    }

    /// <summary>Stores one score.</summary>
    public void Set(int image, int k, double value)
    {
        var at = (image * _row.Length) + k;
        if (_doubles is not null)
        {
            _doubles[at] = value;
        }
        else
        {
            _floats![at] = (float)value;
        }
    }

    /// <summary>The stored scores of an image; those of the row without an image for -1. Valid until the next row.</summary>
    public Span<double> RowOf(int image)
    {
        if (image >= 0 && _floats is not null)
        {
            ClassProbabilities.Widen(_floats.AsSpan(image * _row.Length, _row.Length), _row);
        }

        return Begin(image);
    }

    /// <summary>Adds the scores to a hash, as they are stored.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        if (_floats is null)
        {
            hash.AppendData(MemoryMarshal.AsBytes(_doubles.AsSpan()));
            hash.AppendData(AreLogits ? "logits"u8 : []);
            return;
        }

        foreach (var block in HashBlocks(_floats))
        {
            hash.AppendData(block);
        }

        hash.AppendData(AreLogits ? "logits float32"u8 : "float32"u8);
    }

    /// <summary>Hashes blocks of 32-bit numbers on all cores: of hundreds of megabytes, hashing is most of the time of reading.</summary>
    private static byte[][] HashBlocks(float[] values)
    {
        var blocks = new byte[(int)(((long)values.Length + BlockLength - 1) / BlockLength)][];
        Parallel.For(
            0,
            blocks.Length,
            b =>
            {
                var length = Math.Min(BlockLength, values.Length - (b * BlockLength));
                blocks[b] = SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan(b * BlockLength, length)));
            }
        );
        return blocks;
    }

    /// <summary>Counts whether another class than the label of a row is more probable.</summary>
    /// <param name="image">The image of the row; -1 if it has none.</param>
    /// <param name="label">Its label.</param>
    /// <param name="best">The class with its largest score.</param>
    public void Compare(int image, int label, int best)
    {
        _compared++;
        if (label != best)
        {
            var row = RowOf(image);
            _contradictions += row[label] < row[best] ? 1 : 0;
        }
    }

    /// <summary>Checks the sum of a row of probabilities.</summary>
    /// <param name="row">The row; divided by its sum if that is 1 only but for rounding.</param>
    /// <param name="sum">Its sum.</param>
    /// <param name="number">The number of the row, from 1.</param>
    /// <param name="decimals">Finds the number of decimals that were written; called only for sums that are not 1.</param>
    public void CheckSum(Span<double> row, double sum, int number, Func<int> decimals)
    {
        if (AreLogits || Math.Abs(sum - 1) <= SumTolerance + 1e-12)
        {
            return;
        }

        var allowed = RoundedSum.Allowed(decimals(), row.Length);
        var difference = Math.Abs(sum - 1);
        if (difference > allowed + 1e-12)
        {
            _problems.Add(
                _target.File,
                number,
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

    /// <summary>Reports a field that is not a probability or logit.</summary>
    /// <param name="number">The number of the row, from 1.</param>
    /// <param name="k">The class.</param>
    /// <param name="text">The field.</param>
    /// <param name="row">All fields of the row; null for those that are not finite numbers.</param>
    public void ReportNumber(int number, int k, ReadOnlySpan<byte> text, double?[] row) =>
        _problems.Add(
            _target.File,
            number,
            _layout.Score(k),
            ProblemCode.BadProbability,
            $"{text} is not a {(AreLogits ? "logit" : "probability")}{Explain(text, row)}"
        );

    /// <summary>Gives the probabilities: of logits, the softmax of each row, which replaces them.</summary>
    public ClassProbabilities ToProbabilities()
    {
        for (var image = 0; AreLogits && image < _target.Images.Count; image++)
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

            Store(image);
        }

        return _doubles is null ? new ClassProbabilities(_floats!, _row.Length) : new ClassProbabilities(_doubles, _row.Length);
    }

    /// <summary>Finds the warnings about the scores of the whole file.</summary>
    public IEnumerable<PredictionWarning> FindWarnings()
    {
        if (_contradictions > ContradictingShare * _compared)
        {
            var (first, last) = (_layout.Score(0), _layout.Score(_target.Classes.Count - 1));
            yield return new(
                _target.Split,
                PredictionWarning.LabelsAndScores,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"on {_contradictions:N0} of {_compared:N0} {_layout.Row}s, another class than the label has the largest value of "
                ) + $"{first} to {last}; are the columns in another order than the classes?"
            );
        }

        if (_rounded > 0)
        {
            yield return new(
                _target.Split,
                PredictionWarning.Rounded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the probabilities of {_rounded:N0} {_layout.Row}s sum to 1 only but for rounding, and were divided by their sum; "
                ) + "write more digits"
            );
        }
    }

    private string Explain(ReadOnlySpan<byte> text, double?[] row)
    {
        if (_problems.IsFull)
        {
            return "";
        }

        var hint = ScoreRow.Explain(System.Text.Encoding.UTF8.GetString(text), row, _layout);
        return AreLogits ? hint.Replace("a number from 0 to 1", "a finite number", StringComparison.Ordinal) : hint;
    }
}
