using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Score;

/// <summary>Loaded labels and the bytes of prediction files.</summary>
/// <param name="Classes">The classes found in the files.</param>
/// <param name="Splits">The splits found in the folder.</param>
internal sealed record ScoreData(IReadOnlyList<ClassLabel> Classes, IReadOnlyList<ScoreSplit> Splits)
{
    private const string LabelSuffix = "_labels.csv";
    private const string PredictionSuffix = "_pred.csv";

    /// <summary>A one-line summary of the data.</summary>
    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Splits.Count} splits, {Splits.Sum(s => s.Labels.Images.Count):N0} images, {Splits.Sum(s => s.Predictions.Length):N0} bytes"
        );

    /// <summary>Loads a folder of <c>split_labels.csv</c> and <c>split_pred.csv</c>.</summary>
    public static bool TryLoad(string folder, [NotNullWhen(true)] out ScoreData? data, [NotNullWhen(false)] out string? problem)
    {
        data = null;
        string[] names =
        [
            .. Directory
                .EnumerateFiles(folder, "*" + LabelSuffix)
                .Select(f => Path.GetFileName(f)[..^LabelSuffix.Length])
                .Where(name => File.Exists(Path.Combine(folder, name + PredictionSuffix)))
                .Order(StringComparer.Ordinal),
        ];
        if (names.Length == 0)
        {
            problem = $"{folder}: has no pair of <split>{LabelSuffix} and <split>{PredictionSuffix}";
            return false;
        }

        string LabelPath(string name) => Path.Combine(folder, name + LabelSuffix);
        string PredictionPath(string name) => Path.Combine(folder, name + PredictionSuffix);
        var classes = ClassInventory.Read(names.SelectMany(name => new[] { LabelPath(name), PredictionPath(name) }));
        var problems = new ProblemList();
        var classNames = new ClassNames(classes);
        var labels = names.ToDictionary(name => name, name => ReadLabels(LabelPath(name), classNames, problems));
        problem = problems.Count > 0 ? problems.Items[0].ToString() : null;
        if (problem is not null)
        {
            return false;
        }

        var images = labels.ToDictionary(l => l.Key, l => l.Value!.Images);
        data = new ScoreData(
            classes,
            [
                .. names.Select(name => new ScoreSplit(
                    labels[name]!,
                    new PredictionTarget(name, images[name], classNames) { OtherSplits = images, File = PredictionPath(name) },
                    File.ReadAllBytes(PredictionPath(name))
                )),
            ]
        );
        return true;
    }

    private static SplitLabels? ReadLabels(string path, ClassNames classes, ProblemList problems)
    {
        using var text = File.OpenRead(path);
        return LabelFile.Read(text, path, classes, problems);
    }
}

/// <summary>One split to score.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Target">The expected content of the prediction file.</param>
/// <param name="Predictions">The bytes of the prediction file.</param>
internal sealed record ScoreSplit(SplitLabels Labels, PredictionTarget Target, byte[] Predictions);
