using System.Buffers;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>
/// Reads a prediction file (docs/formats.md) in one pass and checks every rule of the format: each image of the split
/// occurs exactly once, matched by id; each label is a class; each row of probabilities is a distribution. All problems of
/// the file are reported at once.
/// </summary>
public sealed class PredictionReader
{
    /// <summary>Marks an image without a line yet. It is not a class index, since there are at most 255 classes.</summary>
    private const byte Unseen = byte.MaxValue;

    private readonly PredictionTarget _target;
    private readonly ProblemList _problems;
    private readonly DelimitedReader _reader;
    private readonly PredictionColumns _columns;
    private readonly LabelColumn? _labels;
    private readonly ScoreColumns? _scores;

    /// <summary>
    /// The class of each image; <see cref="Unseen"/> if its line has not been read yet. This small array tells which images
    /// were seen and <see cref="_lines"/> is only written to, which saves a wait for memory on every line.
    /// </summary>
    private readonly byte[] _classes;

    /// <summary>The line of each image that was seen.</summary>
    private readonly int[] _lines;

    private int _distinct;
    private UnknownImages? _unknown;

    private PredictionReader(PredictionTarget target, DelimitedReader reader, PredictionColumns columns, ProblemList problems, int[] lines)
    {
        _target = target;
        _reader = reader;
        _columns = columns;
        _problems = problems;
        _classes = new byte[target.Images.Count];
        _classes.AsSpan().Fill(Unseen);
        _lines = lines;
        _labels = columns.Label < 0 ? null : new LabelColumn(target, reader, columns.Label, problems);
        _scores = columns.Scores.Length > 0 ? new ScoreColumns(target, reader, columns, problems) : null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">The decompressed text; left open.</param>
    /// <param name="target">The images and classes that the file is checked against.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The predictions, or null if the file has any problem.</returns>
    public static PredictionSet? Read(Stream content, PredictionTarget target, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(problems);

        using var reader = new DelimitedReader(content, target.MaximumBytes);
        var own = new ProblemList();
        var columns = PredictionColumns.Read(reader, target, own);
        var lines = ArrayPool<int>.Shared.Rent(target.Images.Count);
        var predictions = columns is null ? null : new PredictionReader(target, reader, columns, own, lines).ReadRows();
        ArrayPool<int>.Shared.Return(lines);
        if (reader.ExceededMaximum)
        {
            var message = FormattableString.Invariant(
                $"the file holds more than the {target.MaximumBytes:N0} bytes allowed; the rest was not read"
            );
            own.AddFirst(new Problem(target.File, null, null, ProblemCode.TooLarge, message));
        }

        problems.AddRange(own);
        return predictions;
    }

    /// <summary>
    /// The number of lines that are read. Far more than one per image cannot be valid, and each costs time: a small packed file can
    /// have millions.
    /// </summary>
    private int MaximumRows => (2 * _target.Images.Count) + 100_000;

    private PredictionSet? ReadRows()
    {
        var rows = 0;
        for (; _reader.Read(); rows++)
        {
            if (rows == MaximumRows)
            {
                ReportTooManyRows();
                return null;
            }

            ReadRow();
        }

        if (_reader.ExceededMaximum)
        {
            return null;
        }

        if (rows == 0)
        {
            ReportNoRows();
            return null;
        }

        ReportMissingImages();
        if (_problems.Count > 0)
        {
            Explain();
            return null;
        }

        return CreateSet();
    }

    private PredictionSet CreateSet()
    {
        // Before logits become probabilities: the hash is of what the file says.
        var hash = PredictionSet.ComputeHash(_target.Images, _classes, _scores?.Values, _columns.AreLogits);
        _scores?.ToProbabilities();
        return new PredictionSet
        {
            Split = _target.Split,
            Classes = _classes,
            Probabilities = _scores?.Values,
            Hash = hash,
            Warnings = [.. FindWarnings()],
        };
    }

    private IEnumerable<PredictionWarning> FindWarnings()
    {
        PredictionWarning?[] warnings =
        [
            .. _scores?.FindWarnings() ?? [],
            _labels?.FindWarning(),
            PredictionWarning.OfClasses(_target.Split, _classes, _target.Classes),
        ];
        return warnings.OfType<PredictionWarning>();
    }

    private void ReportNoRows() =>
        _problems.Add(
            _target.File,
            null,
            null,
            ProblemCode.EmptyFile,
            $"the file has a header and no lines; every image of {_target.Split} ({_classes.Length:N0}) needs one"
        );

    /// <summary>Puts what explains many problems in front of them or in their place.</summary>
    private void Explain()
    {
        _labels?.ExplainCounting(_classes.Count((byte)0));
        if (!DetectOtherSplit())
        {
            DetectShift();
        }
    }

    private void ReportTooManyRows()
    {
        var message = FormattableString.Invariant(
            $"the file has more than {MaximumRows:N0} lines, but {_target.File} has {_target.Images.Count:N0} images; the rest was not read"
        );
        _problems.AddFirst(new Problem(_target.File, null, null, ProblemCode.TooLarge, message));
    }

    private void ReadRow()
    {
        if (_reader.Fault != RecordFault.None)
        {
            LineFaults.Report(_reader, _target.File, _problems);
            MarkSeen();
            return;
        }

        var image = FindImage();
        if (_reader.FieldCount != _columns.FieldCount)
        {
            _problems.Add(
                _target.File,
                _reader.Line,
                null,
                ProblemCode.WrongFieldCount,
                $"the line has {_reader.FieldCount} fields, but the header has {_columns.FieldCount}{ExplainFields()}"
            );
            return;
        }

        var best = _scores?.Read(image) ?? 0;
        var label = _labels is null ? best : FindClass(_labels);
        if (_scores is not null && _labels is not null && label >= 0)
        {
            _scores.Compare(image, label, best);
        }

        if (image >= 0 && label >= 0)
        {
            _classes[image] = (byte)label;
        }
    }

    private int FindClass(LabelColumn labels)
    {
        var label = _target.Classes.Find(_reader[_columns.Label]);
        return label >= 0 && labels.IsPlain ? label : labels.Check(label);
    }

    /// <summary>Explains a line that has one field more for each score: decimal commas between commas.</summary>
    private string ExplainFields() =>
        _columns.Scores.Length > 0 && _reader.Delimiter == (byte)',' && _reader.FieldCount == _columns.FieldCount + _columns.Scores.Length
            ? "; if these are decimal commas, write decimal points"
            : "";

    /// <summary>Marks the image of a malformed line as seen if its id can be read, so that it is not reported missing too.</summary>
    private void MarkSeen()
    {
        if (_reader.Fault == RecordFault.TooLong || _columns.ImageId >= _reader.FieldCount)
        {
            return;
        }

        var image = _target.Images.Find(_reader[_columns.ImageId]);
        if (image >= 0)
        {
            TryMarkSeen(image);
        }
    }

    private bool TryMarkSeen(int image)
    {
        if (_classes[image] != Unseen)
        {
            return false;
        }

        _classes[image] = 0; // until its label is known
        _lines[image] = _reader.Line;
        _distinct++;
        return true;
    }

    /// <summary>Finds the position of the row's image and marks it as seen; -1 and a problem if there is none.</summary>
    private int FindImage()
    {
        if (_columns.ImageId >= _reader.FieldCount)
        {
            return -1;
        }

        var id = _reader[_columns.ImageId];
        var image = _target.Images.Find(id);
        if (image < 0)
        {
            ReportUnknownImage(id);
        }
        else if (!TryMarkSeen(image))
        {
            _problems.Add(
                _target.File,
                _reader.Line,
                PredictionColumns.ImageIdName,
                ProblemCode.DuplicateImage,
                $"image {id} already has a line, line {_lines[image]}; keep one of the two"
            );
        }

        return image;
    }

    private void ReportUnknownImage(ReadOnlySpan<byte> id)
    {
        _unknown ??= new UnknownImages(_target.Images, _target.OtherSplits);
        if (_unknown.Add(id) is { } near)
        {
            _problems.Add(
                _target.File,
                _reader.Line,
                PredictionColumns.ImageIdName,
                ProblemCode.UnknownImage,
                $"image {id} is not in {_target.Split}, but {_target.Images.Utf8Id(near.Image)} is: {near.Reason}"
            );
            return;
        }

        _problems.Add(
            _target.File,
            _reader.Line,
            PredictionColumns.ImageIdName,
            ProblemCode.UnknownImage,
            $"image {id} is not in {_target.Split}{(_problems.IsFull ? "" : IdReading.Explain(id))}"
        );
    }

    private void ReportMissingImages()
    {
        for (var image = 0; image < _classes.Length && _distinct < _classes.Length; image++)
        {
            if (_classes[image] == Unseen && _unknown?.IsMeant(image) != true)
            {
                _problems.Add(
                    _target.File,
                    null,
                    PredictionColumns.ImageIdName,
                    ProblemCode.MissingImage,
                    $"image {_target.Images.Utf8Id(image)} has no line; every image of {_target.Split} ({_classes.Length:N0}) needs one"
                );
            }
        }
    }

    /// <summary>If the file predicts exactly the images of another split, reports that first: it explains the other problems.</summary>
    private bool DetectOtherSplit()
    {
        var unknown = _unknown?.Distinct ?? 0;
        foreach (var (name, images) in _target.OtherSplits.Where(s => s.Key != _target.Split))
        {
            var isOther =
                images.Count == _distinct + unknown
                && (_unknown?.FoundIn(name) ?? 0) == unknown
                && (_distinct < _classes.Length || unknown > 0)
                && AllSeenAreIn(images);
            if (isOther)
            {
                var message = $"the file predicts the {images.Count:N0} images of {name}, not those of {_target.Split}; send it as {name}";
                _problems.AddFirst(new Problem(_target.File, null, null, ProblemCode.WrongSplit, message));
                return true;
            }
        }

        return false;
    }

    /// <summary>If all ids are one too high or too low, reports only that: to mend the unknown ones would not mend the file.</summary>
    private void DetectShift()
    {
        var images = _target.Images;
        var shift = ShiftedIds.Find(images, image => _classes[image] != Unseen, _unknown?.Ids ?? []);
        if (shift == 0)
        {
            return;
        }

        var (first, last) = (images.Id(0), images.Id(images.Count - 1));
        var message =
            $"the ids run from {ShiftedIds.Add(first, shift)} to {ShiftedIds.Add(last, shift)} "
            + $"where {_target.Split} has {first} to {last}: "
            + $"each is one too {(shift > 0 ? "high; subtract 1 from" : "low; add 1 to")} every id";
        _problems.Replace(
            [ProblemCode.UnknownImage, ProblemCode.MissingImage],
            new Problem(_target.File, null, PredictionColumns.ImageIdName, ProblemCode.UnknownImage, message)
        );
    }

    private bool AllSeenAreIn(Labels.ImageIndex other)
    {
        for (var image = 0; image < _classes.Length; image++)
        {
            if (_classes[image] != Unseen && other.Find(_target.Images.Utf8Id(image)) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
