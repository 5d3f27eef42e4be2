using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Web.Confusion.Many;

namespace Coos.Web.Confusion;

/// <summary>The drawn confusion matrix of a split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Svg">The drawing of <see cref="MatrixDrawing"/>, which escapes its input.</param>
public sealed record MatrixPicture(string Split, string Svg)
{
    /// <summary>Draws the matrices of an evaluation, one per split that has a confusion matrix.</summary>
    public static IReadOnlyList<MatrixPicture> DrawAll(Evaluation evaluation, Benchmark benchmark) =>
        [
            .. from score in evaluation.Splits
            where score.Matrix is not null
            let title = benchmark.TitleOf(score.Split)
            select new MatrixPicture(
                score.Split,
                Draw(
                    benchmark.Classes,
                    score.Matrix!,
                    $"Confusion matrix of {title}, balanced error {Percent.Of(score.BalancedError!.Value)}%; "
                        + "its page has the numbers as a table"
                )
            ),
        ];

    private static string Draw(IReadOnlyList<ClassLabel> classes, ConfusionMatrix matrix, string label) =>
        classes.Count <= ClassOrder.MaximumTable
            ? MatrixDrawing.Draw(classes, matrix, label)
            : DensityDrawing.Draw(MatrixDensity.Create(matrix, classes, MatrixArea.All(classes.Count)), label);
}
