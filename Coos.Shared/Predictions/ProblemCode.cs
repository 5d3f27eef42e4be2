using System.Text.Json.Serialization;

namespace Coos.Shared.Predictions;

/// <summary>The kinds of problems of a prediction or label file, written in kebab case: <c>unknown-image</c>.</summary>
[JsonConverter(typeof(ProblemCodeConverter))]
public enum ProblemCode
{
    /// <summary>The file has no text.</summary>
    EmptyFile = 0,

    /// <summary>The file, or a line of it, is not UTF-8 text.</summary>
    BadEncoding = 1,

    /// <summary>The first line has no known column name: it looks like data.</summary>
    MissingHeader = 2,

    /// <summary>The header lacks a column.</summary>
    MissingColumn = 3,

    /// <summary>The header has an unknown column.</summary>
    UnknownColumn = 4,

    /// <summary>The header names a column twice.</summary>
    DuplicateColumn = 5,

    /// <summary>A line has more or fewer fields than the header.</summary>
    WrongFieldCount = 6,

    /// <summary>The split has no image with this id.</summary>
    UnknownImage = 7,

    /// <summary>An image of the split has no line.</summary>
    MissingImage = 8,

    /// <summary>An image has two lines.</summary>
    DuplicateImage = 9,

    /// <summary>The label is not a class index, name or short name of the benchmark.</summary>
    UnknownClass = 10,

    /// <summary>A probability is not a number from 0 to 1.</summary>
    BadProbability = 11,

    /// <summary>The probabilities of a line do not sum to 1.</summary>
    ProbabilitySum = 12,

    /// <summary>The file, what it unpacks to, or a line of it is larger than allowed.</summary>
    TooLarge = 13,

    /// <summary>The file belongs to another split, or to none of the benchmark.</summary>
    WrongSplit = 14,
}
