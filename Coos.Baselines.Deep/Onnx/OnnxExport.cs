using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Vgg;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>
/// Writes trained baselines as ONNX files from raw images to probabilities: input <c>images</c>, N x C x H x W in single precision;
/// output <c>probabilities</c>, N x K.
/// </summary>
public static class OnnxExport
{
    /// <summary>Writes a model atomically.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="model">The model.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="DatasetException">The file cannot be written.</exception>
    /// <exception cref="BaselineException">The model cannot be expressed as ONNX.</exception>
    public static long Write(string path, DeepModel model)
    {
        var content = ToFile(model);
        AtomicFile.Write(path, content);
        return content.Length;
    }

    internal static byte[] ToFile(DeepModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = new OnnxGraph(model.Shape);
        var description = model.Extractor.Kind;
        if (model.Head is not { } head)
        {
            return model.Extractor is DeepLocExtractor { Layer: null } deepLoc
                ? graph.ToFile(DeepLocOnnx.AddProbabilities(graph, deepLoc.Network, deepLoc.Columns), deepLoc.Columns, description)
                : throw new BaselineException("the model has features but no classifier; train one with coos baseline run --save");
        }

        var (probabilities, classes) = HeadOnnx.Add(graph, AddFeatures(graph, model), head.Standardisation, head.Classifier);
        return graph.ToFile(probabilities, classes, $"{description}, {head.Classifier.GetType().Name}");
    }

    private static string AddFeatures(OnnxGraph graph, DeepModel model) =>
        model.Extractor switch
        {
            DeepLocExtractor { Layer: not null } deepLoc => DeepLocOnnx.AddFeatures(graph, deepLoc.Network),
            DeepLocExtractor deepLoc => DeepLocOnnx.AddProbabilities(graph, deepLoc.Network, deepLoc.Columns),
            PciExtractor pci => PciOnnx.AddFeatures(graph, pci.Network, PciNetwork.LayerNumber(pci.Layer!)),
            VggExtractor vgg => VggOnnx.AddFeatures(graph, vgg.Network, vgg.Layers, vgg.Layer!, vgg.Preprocessing),
            var other => throw new BaselineException(
                $"features of {other.Kind} cannot be exported; those of DeepLoc, paired cell inpainting and VGG can"
            ),
        };
}
