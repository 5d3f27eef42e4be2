using System.CommandLine;
using System.Globalization;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Models;
using Coos.Cli.Baseline.Deep;
using Coos.Cli.Data;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary><c>coos baseline predict</c>: classifies images with a saved baseline.</summary>
internal static class PredictCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "A file written by coos baseline run --save, or a network written by DeepLoc's training",
            HelpName = "FILE",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "A folder of splits; all except training are classified",
            HelpName = "DIR",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The folder for <split>.csv",
            HelpName = "DIR",
            Required = true,
        };
        var device = new DeepArguments(isEndToEnd: true, "").Device;
        var command = new Command("predict", "Classify images with a saved baseline") { model, data, output, device };
        return command.Runs(
            (parsed, cancellation) =>
                Run(
                    parsed.GetRequiredValue(model),
                    parsed.GetRequiredValue(data),
                    parsed.GetRequiredValue(output),
                    parsed.GetRequiredValue(device),
                    parsed.InvocationConfiguration.Output,
                    cancellation
                )
        );
    }

    private static void Run(string modelPath, string data, string folder, string device, TextWriter output, CancellationToken cancellation)
    {
        var model = DeepModel.IsDeep(modelPath) ? null : ModelFile.Read(modelPath);
        var splits = DatasetFolder.FindSplits(data).Where(s => s.Key != CoosLayout.Training).ToArray();
        if (splits.Length == 0)
        {
            throw new DatasetException(data, null, null, "there is no split to classify (*_test1.hdf5 or test1/)");
        }

        using var outputLock = OutputLock.Acquire(folder);
        if (model is null)
        {
            DeepPrediction.Run(modelPath, splits, folder, device, output, cancellation);
            return;
        }

        var source = new FeatureSource(Path.Combine(folder, ".features"), model.Texture);
        foreach (var (split, path) in splits)
        {
            using var set = ImageSet.Open(path);
            TextureModel.Require(set, model.Shape);
            var file = Path.Combine(folder, $"{split}.csv");
            PredictionTable.Write(file, set, model.Predict(source.Get(set, split, cancellation), cancellation));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {set.Shape.Count} images"));
        }
    }
}
