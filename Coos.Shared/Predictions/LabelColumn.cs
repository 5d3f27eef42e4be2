using System.Buffers.Text;
using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>Reads the labels that are not simply classes, and recognises how the whole column was written.</summary>
internal sealed class LabelColumn(PredictionTarget target, TableLayout layout, ProblemList problems)
{
    private string _firstFloat = "";
    private int _afterLast;
    private int _unknown;

    /// <summary>Whether a label that is a class needs no further check: the labels before it were written so too.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>Checks the label of a row while <see cref="IsPlain"/> is false, or if it is not a class.</summary>
    /// <param name="label">Its class; -1 if it is none.</param>
    /// <param name="text">How it is written.</param>
    /// <param name="row">The number of the row, from 1.</param>
    /// <returns>The class; -1 and a problem if it has none.</returns>
    public int Check(int label, ReadOnlySpan<byte> text, int row)
    {
        if (label >= 0 && _firstFloat.Length == 0)
        {
            IsPlain = true;
            return label;
        }

        return ReadOther(label, text, row);
    }

    /// <summary>
    /// If the labels are numbers from 1 to K, replaces the problems of those that are K by a single one: to mend only these would
    /// leave all others wrong.
    /// </summary>
    /// <param name="zeros">The number of images whose class is 0 or not known.</param>
    public void ExplainCounting(int zeros)
    {
        if (_afterLast == 0 || _afterLast < _unknown || zeros > _unknown)
        {
            return;
        }

        var count = target.Classes.Count;
        problems.Replace(
            [ProblemCode.UnknownClass],
            new Problem(
                target.File,
                null,
                layout.Label,
                ProblemCode.UnknownClass,
                FormattableString.Invariant($"are the classes counted from 1? {layout.CountWithVerb(_afterLast)} {count} and none has 0")
                    + $", but a label is {target.Classes.Allowed}; if so, subtract 1 from every label"
            )
        );
    }

    /// <summary>Warns of labels that were written as floating-point numbers; null if they were not.</summary>
    public PredictionWarning? FindWarning() =>
        _firstFloat.Length == 0
            ? null
            : new PredictionWarning(
                target.Split,
                PredictionWarning.FloatLabels,
                $"the labels are written as floating-point numbers, such as {_firstFloat}, and read as whole numbers; "
                    + $"write {WholeNumber.Read(Encoding.UTF8.GetBytes(_firstFloat))} ({layout.IntegerAdvice})"
            );

    /// <summary>Reads a label that is not a class, or that follows labels written as floating-point numbers.</summary>
    private int ReadOther(int label, ReadOnlySpan<byte> text, int row)
    {
        if (label >= 0)
        {
            problems.Add(
                target.File,
                row,
                layout.Label,
                ProblemCode.UnknownClass,
                $"{text} is a class, but the labels above are written as {_firstFloat}; write all labels as whole numbers"
            );
            return label;
        }

        var number = WholeNumber.Read(text);
        if (number >= 0 && number < target.Classes.Count && !IsPlain)
        {
            _firstFloat = _firstFloat.Length > 0 ? _firstFloat : Encoding.ASCII.GetString(text);
            return number;
        }

        IsPlain |= number < 0 && _firstFloat.Length == 0 && !NearLabel.IsMissing(text);
        _unknown++;
        _afterLast += number == target.Classes.Count || IsCount(text) ? 1 : 0;
        var hint = problems.IsFull ? "" : NearLabel.Explain(text, target.Classes);
        problems.Add(
            target.File,
            row,
            layout.Label,
            ProblemCode.UnknownClass,
            $"{text} is not a class{hint}; a label is {target.Classes.Allowed}, without spaces around it"
        );
        return -1;
    }

    /// <summary>Whether a label is the number of classes.</summary>
    private bool IsCount(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out var read) && read == text.Length && number == target.Classes.Count;
}
