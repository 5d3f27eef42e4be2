using System.Text.Json.Serialization;

namespace Coos.Shared.Predictions;

/// <summary>What can be wrong with a prediction or label file. Written in kebab case: <c>unknown-image</c>.</summary>
[JsonConverter(typeof(ProblemCodeConverter))]
public enum ProblemCode
{
    /// <summary>The file has no text.</summary>
    EmptyFile = 0,

    /// <summary>The file, or a line of it, is no UTF-8 text.</summary>
    BadEncoding = 1,

    /// <summary>The first line names no known column: it looks like data.</summary>
    MissingHeader = 2,

    /// <summary>The header lacks a column.</summary>
    MissingColumn = 3,

    /// <summary>The header has a column that nobody knows.</summary>
    UnknownColumn = 4,

    /// <summary>The header names a column twice.</summary>
    DuplicateColumn = 5,

    /// <summary>A line has more or fewer fields than the header.</summary>
    WrongFieldCount = 6,

    /// <summary>The split has no image of this id.</summary>
    UnknownImage = 7,

    /// <summary>An image of the split has no line.</summary>
    MissingImage = 8,

    /// <summary>An image has two lines.</summary>
    DuplicateImage = 9,

    /// <summary>The label is no class index, name or short name of the benchmark.</summary>
    UnknownClass = 10,

    /// <summary>A probability is no number from 0 to 1.</summary>
    BadProbability = 11,

    /// <summary>The probabilities of a line do not sum to 1.</summary>
    ProbabilitySum = 12,

    /// <summary>The file, what it unpacks to, or a line of it is larger than allowed.</summary>
    TooLarge = 13,

    /// <summary>The file is for another split, or for none of the benchmark.</summary>
    WrongSplit = 14,
}
