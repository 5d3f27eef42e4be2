using System.Globalization;
using Coos.Server.Images;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Web.Images;

/// <summary>The words about lists of images.</summary>
internal static class ImageTexts
{
    /// <summary>Names the images of a list: <c>Early Endosome predicted as Golgi</c>.</summary>
    public static string Describe(ImageQuery query, Benchmark benchmark) =>
        (query.True, query.Predicted) switch
        {
            (null, null) => "Images",
            ({ } actual, null) => $"Images of {benchmark.Classes[actual].Name}",
            (null, { } predicted) => $"Images predicted as {benchmark.Classes[predicted].Name}",
            ({ } actual, { } predicted) when actual == predicted => $"{benchmark.Classes[actual].Name}, recognised",
            ({ } actual, { } predicted) => $"{benchmark.Classes[actual].Name} predicted as {benchmark.Classes[predicted].Name}",
        };

    /// <summary>Names the images of a list by what most entries predict.</summary>
    public static string DescribeVotes(ImageQuery query, Benchmark benchmark) =>
        query switch
        {
            { Predicted: { } predicted, True: null } => $"Images mostly predicted as {benchmark.Classes[predicted].Name}",
            { Predicted: { } predicted, True: { } actual } when predicted != actual =>
                $"{benchmark.Classes[actual].Name} mostly predicted as {benchmark.Classes[predicted].Name}",
            _ => Describe(query, benchmark),
        };

    /// <summary>Names the plate and the well of an image, as far as they are known: <c>plate 6, well H12</c>.</summary>
    public static string DescribePlace(ImageDocument image) =>
        (image.Plate, image.Position ?? image.Well) switch
        {
            (null, null) => "",
            ({ } plate, null) => $"plate {plate}",
            (null, { } well) => $"well {well}",
            ({ } plate, { } well) => $"plate {plate}, well {well}",
        };

    /// <summary>Describes an image in a list, as far as the viewer may know it: a line per fact.</summary>
    /// <param name="image">The image.</param>
    /// <param name="benchmark">The benchmark, which has the classes.</param>
    /// <param name="isOfAll">Whether the list is of all entries, whose votes are described, rather than of one.</param>
    public static IEnumerable<string> DescribeTile(ImageDocument image, Benchmark benchmark, bool isOfAll)
    {
        if (image.True is { } actual)
        {
            yield return image.Predicted is not { } predicted ? NameOf(actual)
            : actual == predicted ? $"{NameOf(actual)}, recognised"
            : $"{NameOf(actual)} as {NameOf(predicted)}";
        }

        if (image.Confidence is { } confidence)
        {
            yield return $"confidence {Percent.Of(confidence)}%";
        }

        if (isOfAll && image.WrongShare is { } wrong)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{100 * wrong:0}% wrong votes");
        }

        if (DescribePlace(image) is { Length: > 0 } place)
        {
            yield return place;
        }

        string NameOf(int index) => benchmark.Classes[index].Short;
    }

    /// <summary>Counts images: <c>1 image</c>, <c>3,077 images</c>.</summary>
    public static string Count(int total) => total == 1 ? "1 image" : $"{Number(total)} images";

    /// <summary>Counts the images of a cell of a confusion matrix, in a sentence.</summary>
    /// <param name="query">The cell.</param>
    /// <param name="total">The number of images in it.</param>
    /// <param name="submission">The entry.</param>
    /// <param name="split">The split.</param>
    /// <param name="benchmark">The benchmark.</param>
    public static string Count(ImageQuery query, int total, SubmissionDocument submission, Split split, Benchmark benchmark)
    {
        var images = Count(total);
        var confusion = submission.Evaluation?.Splits.FirstOrDefault(s => s.Split == split.Name)?.Matrix;
        return query switch
        {
            { True: { } actual, Predicted: { } predicted } when confusion?.ClassImages(actual) is { } all and > 0 =>
                $"{submission.Method} predicts {benchmark.Classes[predicted].Name} for {Number(total)} of {Number(all)} images of "
                    + $"{benchmark.Classes[actual].Name} ({Percent.Of((double)total / all)}%).",
            _ => $"{images}, with the predictions of {submission.Method}.",
        };
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
