using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Web.Confusion;

/// <summary>The drawn confusion matrix of a split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Svg">Of <see cref="MatrixDrawing"/>, which escapes what it is given.</param>
public sealed record MatrixPicture(string Split, string Svg)
{
    /// <summary>The matrices of an evaluation, one a split that has one.</summary>
    public static IReadOnlyList<MatrixPicture> Of(Evaluation evaluation, Benchmark benchmark) =>
        [
            .. from score in evaluation.Splits
            where score.Confusion is not null
            let title = benchmark.FindSplit(score.Split)?.Title ?? score.Split
            select new MatrixPicture(
                score.Split,
                MatrixDrawing.Draw(
                    benchmark.Classes,
                    score.Confusion!,
                    $"Confusion matrix of {title}, balanced error {Percent.Of(score.BalancedError)}%; its page has the numbers as a table"
                )
            ),
        ];
}
