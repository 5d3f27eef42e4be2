namespace Coos.Evaluator.Mixes;

/// <summary>A confusion as a part of an entry's weighted error.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Error">Its part of the weighted error: the parts of all confusions add up to it.</param>
public readonly record struct MixMistake(int Actual, int Predicted, double Error)
{
    /// <summary>Finds the confusions of an entry that add most to its weighted error, largest first.</summary>
    /// <param name="layout">The splits and the mix.</param>
    /// <param name="mistakes">The entry's mistakes on each split.</param>
    /// <param name="count">How many confusions to return at most.</param>
    public static IReadOnlyList<MixMistake> FindLargest(MixLayout layout, IReadOnlyList<MistakeCounts> mistakes, int count)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(mistakes);
        var parts = new Dictionary<(int Actual, int Predicted), double>();
        for (var s = 0; s < layout.Splits.Count; s++)
        {
            var split = layout.Splits[s];
            for (var cell = 0; cell < split.CellClasses.Length; cell++)
            {
                var k = split.CellClasses[cell];
                var predicted = mistakes[s].Predicted(cell);
                var counts = mistakes[s].Counts(cell);
                for (var m = 0; m < counts.Length; m++)
                {
                    var part = layout.Weights[s][k] * layout.Mix.Cost(k, predicted[m]) * counts[m] / split.ClassImages[k];
                    parts[(k, predicted[m])] = parts.GetValueOrDefault((k, predicted[m])) + part;
                }
            }
        }

        return
        [
            .. parts
                .Where(p => p.Value > 0)
                .OrderByDescending(p => p.Value)
                .ThenBy(p => p.Key)
                .Take(count)
                .Select(p => new MixMistake(p.Key.Actual, p.Key.Predicted, p.Value)),
        ];
    }
}
