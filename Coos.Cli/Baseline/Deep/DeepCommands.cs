using System.CommandLine;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Vgg;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline.Deep;

/// <summary>The commands <c>coos baseline run deeploc|pci|vgg16|vgg19</c>.</summary>
internal static class DeepCommands
{
    /// <summary>Builds the commands.</summary>
    public static IEnumerable<Command> Create() => [CreateDeepLoc(), CreatePci(), CreateVgg(VggLayers.Vgg16), CreateVgg(VggLayers.Vgg19)];

    private static Command CreateDeepLoc()
    {
        var arguments = new DeepArguments(
            isEndToEnd: true,
            "Use a network from an earlier run (training/deeploc.safetensors) instead of training one"
        );
        var preset = DeepArguments.Preset();
        var steps = DeepArguments.Count("--steps", "The number of training steps");
        var batch = DeepArguments.Batch("The number of images per step; batch normalisation needs at least two", minimum: 2);
        var every = DeepArguments.Count(
            "--checkpoint-every",
            "The number of steps between checkpoints, each with an evaluation on the held-out fifth of training"
        );
        var patience = DeepArguments.Count("--patience", "Stop after this many evaluations without improvement");
        var rate = DeepArguments.LearningRate();
        var precision = DeepArguments.Precision();
        const string Text = "DeepLoc, trained on the training split: its own predictions, or its FC2 features with a classifier";
        return arguments
            .CreateCommand("deeploc", Text, preset, steps, batch, every, patience, rate, precision)
            .Runs(
                (parsed, cancellation) =>
                {
                    var request = arguments.ReadRequest(parsed);
                    var name = parsed.GetRequiredValue(preset);
                    var chosen = name == "small" ? DeepLocOptions.Small : DeepLocOptions.Coos7;
                    chosen = chosen with
                    {
                        Steps = parsed.GetValue(steps) ?? chosen.Steps,
                        Batch = parsed.GetValue(batch) ?? chosen.Batch,
                        CheckpointEvery = parsed.GetValue(every) ?? chosen.CheckpointEvery,
                        Patience = parsed.GetValue(patience) ?? chosen.Patience,
                        LearningRate = parsed.GetValue(rate) ?? chosen.LearningRate,
                        Precision = DeepArguments.ParsePrecision(parsed.GetRequiredValue(precision)),
                    };
                    var source = new DeepLocSource(request, name, chosen, parsed.InvocationConfiguration.Error);
                    new DeepRun(request, source, parsed.InvocationConfiguration.Output).Run(cancellation);
                }
            );
    }

    private static Command CreatePci()
    {
        var arguments = new DeepArguments(
            isEndToEnd: false,
            "Use a network from an earlier run (training/pci.safetensors) instead of training one"
        );
        var layer = DeepArguments.Layer("conv4", "The layer of the source encoder: conv3, conv4, conv5 (also conv1, conv2)");
        var preset = DeepArguments.Preset();
        var pairBy = new Option<string>("--pair-by")
        {
            Description =
                "What paired cells have in common: auto (the well if known, otherwise the class), class, "
                + "plate (class and plate), well, or a vector of the file",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto",
        };
        var steps = DeepArguments.Count("--steps", "The number of training steps");
        var batch = DeepArguments.Batch("The number of pairs per step", minimum: 1);
        var every = DeepArguments.Count("--checkpoint-every", "The number of steps between checkpoints");
        var rate = DeepArguments.LearningRate();
        var precision = DeepArguments.Precision();
        const string Text = "Features from paired cell inpainting, trained on the training split without labels, with a classifier";
        return arguments
            .CreateCommand("pci", Text, layer, preset, pairBy, steps, batch, every, rate, precision)
            .Runs(
                (parsed, cancellation) =>
                {
                    var request = arguments.ReadRequest(parsed);
                    var name = parsed.GetRequiredValue(preset);
                    var chosen = name == "small" ? PciOptions.Small : PciOptions.Coos7;
                    chosen = chosen with
                    {
                        Steps = parsed.GetValue(steps) ?? chosen.Steps,
                        Batch = parsed.GetValue(batch) ?? chosen.Batch,
                        CheckpointEvery = parsed.GetValue(every) ?? chosen.CheckpointEvery,
                        LearningRate = parsed.GetValue(rate) ?? chosen.LearningRate,
                        Precision = DeepArguments.ParsePrecision(parsed.GetRequiredValue(precision)),
                    };
                    var source = new PciSource(
                        request,
                        name,
                        chosen,
                        parsed.GetRequiredValue(layer),
                        parsed.GetRequiredValue(pairBy),
                        parsed.InvocationConfiguration.Error
                    );
                    new DeepRun(request, source, parsed.InvocationConfiguration.Output).Run(cancellation);
                }
            );
    }

    private static Command CreateVgg(VggLayers layers)
    {
        var arguments = new DeepArguments(
            isEndToEnd: false,
            "ImageNet weights as safetensors, with torchvision's names (Hugging Face timm/vgg16.tv_in1k)"
        );
        arguments.Weights.Required = true;
        var layer = DeepArguments.Layer("conv3_3", "The convolution: conv3_3, conv4_1, conv4_2, or any other");
        var preprocessing = new Option<string?>("--preprocessing")
        {
            Description =
                "The preprocessing the weights were trained with: caffe (Keras) or torchvision; "
                + "the default is the one in the file's header, or torchvision",
        };
        preprocessing.AcceptOnlyFromAmong("caffe", "torchvision");
        var text = $"Features from {layers.Name} trained on ImageNet, with a classifier";
        return arguments
            .CreateCommand(layers.Name.ToLowerInvariant(), text, layer, preprocessing)
            .Runs(
                (parsed, cancellation) =>
                {
                    var request = arguments.ReadRequest(parsed);
                    var source = new VggSource(layers, parsed.GetRequiredValue(layer), request.Weights!, parsed.GetValue(preprocessing));
                    new DeepRun(request, source, parsed.InvocationConfiguration.Output).Run(cancellation);
                }
            );
    }
}
