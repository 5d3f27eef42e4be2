using System.Globalization;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
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
    /// <param name="isCompact">Whether DeepLoc's largest layer is stored in 16 bits.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="DatasetException">The file cannot be written.</exception>
    /// <exception cref="BaselineException">The model cannot be expressed as ONNX.</exception>
    public static long Write(string path, DeepModel model, bool isCompact = false)
    {
        var content = ToFile(model, isCompact);
        AtomicFile.Write(path, content);
        return content.Length;
    }

    /// <summary>Describes input and output, for example <c>images [N, 2, 64, 64] to probabilities [N, K]</c>.</summary>
    /// <param name="model">The model.</param>
    public static string Describe(DeepModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (_, channels, height, width) = model.Shape;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{OnnxGraph.Images} [N, {channels}, {height}, {width}] to {OnnxGraph.Probabilities} [N, {model.Classes}]"
        );
    }

    internal static byte[] ToFile(DeepModel model, bool isCompact = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = new OnnxGraph(model.Shape, isCompact);
        var features = AddExtractor(graph, model.Extractor);
        return model.Head is { } head
            ? graph.ToFile(
                HeadOnnx.Add(graph, features, head.Standardisation, head.Classifier),
                model.Classes,
                $"{model.Extractor.Kind}, {head.Classifier.GetType().Name}"
            )
            : graph.ToFile(features, model.Classes, model.Extractor.Kind);
    }

    private static string AddExtractor(OnnxGraph graph, IFeatureExtractor extractor) =>
        extractor switch
        {
            DeepLocExtractor { Layer: null } deepLoc => DeepLocOnnx.AddProbabilities(graph, deepLoc.Network, deepLoc.Columns),
            DeepLocExtractor deepLoc => DeepLocOnnx.AddFeatures(graph, deepLoc.Network),
            PciExtractor pci => PciOnnx.AddFeatures(graph, pci.Network, PciNetwork.LayerNumber(pci.Layer!)),
            VggExtractor vgg => VggOnnx.AddFeatures(graph, vgg.Network, vgg.Layers, vgg.Layer!, vgg.Preprocessing),
            _ => throw new BaselineException(
                $"features of {extractor.Kind} cannot be exported; those of DeepLoc, paired cell inpainting and VGG can"
            ),
        };
}
