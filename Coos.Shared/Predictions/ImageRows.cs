using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>
/// Matches the rows of a prediction file to the images of its split: each image occurs exactly once, by id. Says what is wrong with
/// all ids together where that explains the problems of single ones.
/// </summary>
internal sealed class ImageRows
{
    /// <summary>Marks an image without a row yet. It is not a class index, since there are at most 20,000 classes.</summary>
    private const ushort Unseen = ushort.MaxValue;

    private readonly PredictionTarget _target;
    private readonly ProblemList _problems;
    private readonly string _word;

    /// <summary>
    /// The class of each image; <see cref="Unseen"/> if its row has not been read yet. This small array tells which images
    /// were seen and <see cref="_rows"/> is only written to, which saves a wait for memory on every row.
    /// </summary>
    private readonly ushort[] _classes;

    /// <summary>The row of each image that was seen.</summary>
    private readonly int[] _rows;

    private int _distinct;
    private UnknownImages? _unknown;

    /// <summary>Creates the table.</summary>
    /// <param name="target">The images.</param>
    /// <param name="word">What a row is called.</param>
    /// <param name="rows">Room for a number per image, which the caller keeps.</param>
    /// <param name="problems">Receives the problems.</param>
    public ImageRows(PredictionTarget target, string word, int[] rows, ProblemList problems)
    {
        _target = target;
        _word = word;
        _rows = rows;
        _problems = problems;
        _classes = new ushort[target.Images.Count];
        _classes.AsSpan().Fill(Unseen);
    }

    /// <summary>The class of each image, in canonical order; complete once every image was seen and has its class.</summary>
    public ushort[] Classes => _classes;

    /// <summary>
    /// The number of rows that are read. Far more than one per image cannot be valid, and each costs time: a small packed file can
    /// have millions.
    /// </summary>
    public int Maximum => (2 * _target.Images.Count) + 100_000;

    /// <summary>Sets the class of an image that was seen.</summary>
    public void SetClass(int image, int label) => _classes[image] = (ushort)label;

    /// <summary>Marks an image as seen; false if it was seen before.</summary>
    /// <param name="image">The image.</param>
    /// <param name="row">The number of its row, from 1.</param>
    public bool TryMark(int image, int row)
    {
        if (_classes[image] != Unseen)
        {
            return false;
        }

        _classes[image] = 0; // until its label is known
        _rows[image] = row;
        _distinct++;
        return true;
    }

    /// <summary>Marks the image of a row whose other fields cannot be read, so that it is not reported missing too.</summary>
    public void MarkIfKnown(ReadOnlySpan<byte> id, int row)
    {
        var image = _target.Images.Find(id);
        if (image >= 0)
        {
            TryMark(image, row);
        }
    }

    /// <summary>Marks every image as seen, row by row in canonical order.</summary>
    public void MarkAll()
    {
        for (var image = 0; image < _classes.Length; image++)
        {
            TryMark(image, image + 1);
        }
    }

    /// <summary>Finds the position of a row's image and marks it as seen.</summary>
    /// <param name="id">The id.</param>
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="isFirst">Whether it is the first row of the image.</param>
    /// <returns>The position; -1 and a problem if there is none.</returns>
    public int Find(ReadOnlySpan<byte> id, int row, out bool isFirst)
    {
        var image = _target.Images.Find(id);
        isFirst = image >= 0 && TryMark(image, row);
        if (image < 0)
        {
            ReportUnknown(id, row);
        }
        else if (!isFirst)
        {
            _problems.Add(
                _target.File,
                row,
                PredictionColumns.ImageIdName,
                ProblemCode.DuplicateImage,
                $"image {id} already has a {_word}, {_word} {_rows[image]}; keep one of the two"
            );
        }

        return image;
    }

    /// <summary>Reports that there are no rows.</summary>
    public void ReportNone(string what) =>
        _problems.Add(
            _target.File,
            null,
            null,
            ProblemCode.EmptyFile,
            $"{what}; every image of {_target.Split} ({_classes.Length:N0}) needs one"
        );

    /// <summary>Reports that there are more rows than <see cref="Maximum"/>.</summary>
    public void ReportTooMany()
    {
        var message = FormattableString.Invariant(
            $"the file has more than {Maximum:N0} {_word}s, but {_target.File} has {_target.Images.Count:N0} images; the rest was not read"
        );
        _problems.AddFirst(new Problem(_target.File, null, null, ProblemCode.TooLarge, message));
    }

    /// <summary>Reports the images without a row, and puts what explains many problems in front of them or in their place.</summary>
    /// <returns>Whether the file has no problem.</returns>
    public bool Complete(LabelColumn? labels)
    {
        ReportMissing();
        if (_problems.Count == 0)
        {
            return true;
        }

        labels?.ExplainCounting(_classes.Count((ushort)0));
        if (!DetectOtherSplit())
        {
            DetectShift();
        }

        return false;
    }

    private void ReportUnknown(ReadOnlySpan<byte> id, int row)
    {
        _unknown ??= new UnknownImages(_target.Images, _target.OtherSplits);
        if (_unknown.Add(id) is { } near)
        {
            _problems.Add(
                _target.File,
                row,
                PredictionColumns.ImageIdName,
                ProblemCode.UnknownImage,
                $"image {id} is not in {_target.Split}, but {_target.Images.Utf8Id(near.Image)} is: {near.Reason}"
            );
            return;
        }

        _problems.Add(
            _target.File,
            row,
            PredictionColumns.ImageIdName,
            ProblemCode.UnknownImage,
            $"image {id} is not in {_target.Split}{(_problems.IsFull ? "" : IdReading.Explain(id))}"
        );
    }

    private void ReportMissing()
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
                    $"image {_target.Images.Utf8Id(image)} has no {_word}; every image of {_target.Split} ({_classes.Length:N0}) needs one"
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

    private bool AllSeenAreIn(ImageIndex other)
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
