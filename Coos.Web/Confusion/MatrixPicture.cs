using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

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
            where score.Confusion is not null
            let title = benchmark.TitleOf(score.Split)
            select new MatrixPicture(
                score.Split,
                MatrixDrawing.Draw(
                    benchmark.Classes,
                    score.Confusion!,
                    $"Confusion matrix of {title}, balanced error {Percent.Of(score.BalancedError!.Value)}%; "
                        + "its page has the numbers as a table"
                )
            ),
        ];
}
