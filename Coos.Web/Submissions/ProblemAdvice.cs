using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>What to do about each kind of problem, for those who have hundreds of one kind.</summary>
internal static class ProblemAdvice
{
    /// <summary>How to mend a kind of problem.</summary>
    public static string For(ProblemCode code) =>
        code switch
        {
            ProblemCode.EmptyFile => "Write the predictions into the file; the template of this benchmark shows how it looks.",
            ProblemCode.BadEncoding => "Save the file as UTF-8 text; from a spreadsheet: \"CSV UTF-8\".",
            ProblemCode.MissingHeader => "Put the line image_id,label first.",
            ProblemCode.MissingColumn => "The file needs the column image_id, and label or all of p0, p1, ...; mind the spelling.",
            ProblemCode.UnknownColumn => "Drop the column, or give it one of the known names.",
            ProblemCode.DuplicateColumn => "Keep one of the columns.",
            ProblemCode.WrongFieldCount => "Give each line as many fields as the header; a comma inside a field needs quotes around it.",
            ProblemCode.UnknownImage =>
                "Take the ids from the template of this test set; ids of another test set or of your own counting are not known here.",
            ProblemCode.MissingImage => "Predict every image of the test set; the template lists all ids.",
            ProblemCode.DuplicateImage => "Keep one line an image. Two models' predictions are two submissions.",
            ProblemCode.UnknownClass =>
                "Write the class's index, name or short name as the format beside lists them; watch for classes counted from 1.",
            ProblemCode.BadProbability =>
                "Write numbers from 0 to 1 with a decimal point; log-probabilities and scores need a softmax first.",
            ProblemCode.ProbabilitySum => "Divide each line's probabilities by their sum.",
            ProblemCode.TooLarge => "Pack the file as .gz or .zip, or leave probabilities out.",
            ProblemCode.WrongSplit => "Give each file to the test set that its images are of; in a zip, by its name and without folders.",
            _ => "See the message of each.",
        };
}
