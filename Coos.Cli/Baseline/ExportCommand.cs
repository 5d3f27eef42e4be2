using System.CommandLine;
using System.Globalization;
using Coos.Baselines;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Onnx;
using Coos.Baselines.Models;
using Coos.Cli.Data;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline;

/// <summary><c>coos baseline export</c>: writes a saved baseline as an ONNX file, which servers and other programs can run.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description =
                "A file written by coos baseline run deeploc, pci, vgg16 or vgg19 --save, or a network written by DeepLoc's training",
            HelpName = "FILE",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The ONNX file; an existing one is replaced",
            HelpName = "FILE",
            Required = true,
        };
        var compact = new Option<bool>("--compact")
        {
            Description =
                "Store DeepLoc's largest layer in 16 bits: 27 instead of 44 MB, for probabilities that differ in the fourth decimal",
        };
        const string Text = "Write a saved baseline as an ONNX file: from raw images to probabilities, with all preprocessing";
        return new Command("export", Text) { model, output, compact }.Runs(
            (parsed, _) =>
                Run(
                    parsed.GetRequiredValue(model),
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(compact),
                    parsed.InvocationConfiguration.Output
                )
        );
    }

    private static void Run(string modelPath, string path, bool isCompact, TextWriter output)
    {
        if (!DeepModel.IsDeep(modelPath))
        {
            RefuseTexture(modelPath);
        }

        if (Path.GetFullPath(modelPath) == Path.GetFullPath(path))
        {
            throw new DatasetException(path, null, null, "--out is the file of --model, which would be lost; name another file");
        }

        SavePath.Prepare(path, "--out");
        try
        {
            TorchRuntime.Require();
            using var model = DeepModel.Read(modelPath, torch.CPU);
            var length = OnnxExport.Write(path, model, isCompact);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {length:N0} bytes, {OnnxExport.Describe(model)}"));
        }
        catch (BaselineException fault)
        {
            throw new DatasetException(modelPath, null, null, fault.Message, fault);
        }
    }

    /// <summary>Says why a texture model cannot be exported, or what is wrong with a file that is no model.</summary>
    private static void RefuseTexture(string path)
    {
        ModelFile.Read(path);
        throw new DatasetException(
            path,
            null,
            null,
            "texture features cannot be exported: ONNX has no operator that counts pairs of pixels; "
                + "models of coos baseline run deeploc, pci, vgg16 and vgg19 can be, with the heads end-to-end, knn, l1lr and rf"
        );
    }
}
