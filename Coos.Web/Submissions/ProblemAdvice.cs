using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>Advice for each kind of problem, shown once however many problems of that kind there are.</summary>
internal static class ProblemAdvice
{
    /// <summary>Explains how to fix a kind of problem.</summary>
    public static string For(ProblemCode code) =>
        code switch
        {
            ProblemCode.EmptyFile => "Write the predictions into the file. The template of this benchmark shows the format.",
            ProblemCode.BadEncoding =>
                "Save the predictions as CSV text in UTF-8, or as plain NumPy arrays. In a spreadsheet program, choose \"CSV UTF-8\".",
            ProblemCode.MissingHeader => "Add image_id,label as the first line.",
            ProblemCode.MissingColumn => "Add the column image_id, and label or all of p0, p1, ...; check the spelling.",
            ProblemCode.UnknownColumn => "Remove the column or array, or rename it to one of the allowed names.",
            ProblemCode.DuplicateColumn => "Keep one of the columns.",
            ProblemCode.WrongFieldCount =>
                "Give each line as many fields as the header. Quote fields that contain a comma. Arrays have one row per image.",
            ProblemCode.UnknownImage =>
                "Write the ids as in the template of this test set. If an image has a similar id, the problem names it and the difference.",
            ProblemCode.MissingImage => "Predict every image of the test set. The template lists all ids.",
            ProblemCode.DuplicateImage => "Keep one line per image. Submit the predictions of two models separately.",
            ProblemCode.UnknownClass => "Write the index, name or short name of a class, as listed under File format. Indices start at 0.",
            ProblemCode.BadProbability =>
                "Write numbers from 0 to 1 with a decimal point. Name the columns of logits and log-probabilities z0, z1, ...",
            ProblemCode.ProbabilitySum => "Divide each line's probabilities by their sum.",
            ProblemCode.TooLarge => "Compress the file as .gz or .zip, or leave out the probabilities.",
            ProblemCode.WrongSplit => "Choose each file for the test set of its images. In a zip, name each file after its test set.",
            _ => "See the message of each problem.",
        };
}
