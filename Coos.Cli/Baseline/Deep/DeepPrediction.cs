using System.Globalization;
using Coos.Baselines;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Models;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Classifies splits with a saved deep baseline.</summary>
internal static class DeepPrediction
{
    /// <summary>Classifies the splits and writes <c>folder/SPLIT.csv</c>.</summary>
    /// <exception cref="DatasetException">The model or the images cannot be read, or are incompatible.</exception>
    public static void Run(
        string path,
        IEnumerable<KeyValuePair<string, string>> splits,
        string folder,
        string deviceName,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        try
        {
            var device = TorchDevice.Find(deviceName);
            using var model = DeepModel.Read(path, device);
            var features = new DeepFeatureSource(Path.Combine(folder, ".features"), model.Extractor, device);
            foreach (var (split, images) in splits)
            {
                using var set = ImageSet.Open(images);
                model.Require(set);
                var file = Path.Combine(folder, $"{split}.csv");
                PredictionTable.Write(file, set, model.Predict(features.Get(set, split, cancellation), cancellation));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {set.Shape.Count} images"));
            }
        }
        catch (BaselineException fault)
        {
            throw new DatasetException(path, null, null, fault.Message, fault);
        }
    }
}
