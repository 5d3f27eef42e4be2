using System.CommandLine;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Vgg;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline.Deep;

/// <summary><c>coos baseline run deeploc|pci|vgg16|vgg19</c>.</summary>
internal static class DeepCommands
{
    /// <summary>Builds the commands.</summary>
    public static IEnumerable<Command> Create() => [DeepLoc(), Pci(), Vgg(VggLayers.Vgg16), Vgg(VggLayers.Vgg19)];

    private static Command DeepLoc()
    {
        var arguments = new DeepArguments(isEndToEnd: true, "A network that an earlier run trained (training/deeploc.safetensors); nothing is trained then");
        var preset = DeepArguments.Preset();
        var steps = DeepArguments.Count("--steps", "The steps of training");
        var batch = DeepArguments.Batch("The images of a step, two or more as batch normalisation needs them", least: 2);
        var every = DeepArguments.Count("--checkpoint-every", "The steps between two looks at the held-out fifth of training, each a checkpoint");
        var patience = DeepArguments.Count("--patience", "Stop after so many looks without a better one");
        var rate = DeepArguments.LearningRate();
        var precision = DeepArguments.Precision();
        return arguments.Command("deeploc", "DeepLoc, trained on the training split; end to end, or its FC2 features with a classifier", preset, steps, batch, every, patience, rate, precision)
            .Does((parsed, cancellation) =>
            {
                var request = arguments.Request(parsed);
                var name = parsed.GetRequiredValue(preset);
                var chosen = name == "small" ? DeepLocOptions.Small : DeepLocOptions.Coos7;
                chosen = chosen with
                {
                    Steps = parsed.GetValue(steps) ?? chosen.Steps,
                    Batch = parsed.GetValue(batch) ?? chosen.Batch,
                    CheckpointEvery = parsed.GetValue(every) ?? chosen.CheckpointEvery,
                    Patience = parsed.GetValue(patience) ?? chosen.Patience,
                    LearningRate = parsed.GetValue(rate) ?? chosen.LearningRate,
                    Precision = DeepArguments.PrecisionOf(parsed.GetRequiredValue(precision)),
                };
                new DeepRun(request, new DeepLocSource(request, name, chosen, parsed.InvocationConfiguration.Error), parsed.InvocationConfiguration.Output).Run(cancellation);
            });
    }

    private static Command Pci()
    {
        var arguments = new DeepArguments(isEndToEnd: false, "A network that an earlier run trained (training/pci.safetensors); nothing is trained then");
        var layer = DeepArguments.Layer("conv4", "The layer of the source encoder: conv3, conv4, conv5 (also conv1, conv2)");
        var preset = DeepArguments.Preset();
        var pairBy = new Option<string>("--pair-by")
        {
            Description = "What paired cells share: auto (the well where it is known, else the class), class, plate (class and plate), well, or a vector of the file",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto",
        };
        var steps = DeepArguments.Count("--steps", "The steps of training");
        var batch = DeepArguments.Batch("The pairs of a step", least: 1);
        var every = DeepArguments.Count("--checkpoint-every", "The steps between two checkpoints");
        var rate = DeepArguments.LearningRate();
        var precision = DeepArguments.Precision();
        return arguments.Command("pci", "Paired cell inpainting, trained on the training split without labels; features with a classifier", layer, preset, pairBy, steps, batch, every, rate, precision)
            .Does((parsed, cancellation) =>
            {
                var request = arguments.Request(parsed);
                var name = parsed.GetRequiredValue(preset);
                var chosen = name == "small" ? PciOptions.Small : PciOptions.Coos7;
                chosen = chosen with
                {
                    Steps = parsed.GetValue(steps) ?? chosen.Steps,
                    Batch = parsed.GetValue(batch) ?? chosen.Batch,
                    CheckpointEvery = parsed.GetValue(every) ?? chosen.CheckpointEvery,
                    LearningRate = parsed.GetValue(rate) ?? chosen.LearningRate,
                    Precision = DeepArguments.PrecisionOf(parsed.GetRequiredValue(precision)),
                };
                var source = new PciSource(request, name, chosen, parsed.GetRequiredValue(layer), parsed.GetRequiredValue(pairBy), parsed.InvocationConfiguration.Error);
                new DeepRun(request, source, parsed.InvocationConfiguration.Output).Run(cancellation);
            });
    }

    private static Command Vgg(VggLayers layers)
    {
        var arguments = new DeepArguments(isEndToEnd: false, "ImageNet weights as safetensors, with torchvision's names (Hugging Face timm/vgg16.tv_in1k)");
        arguments.Weights.Required = true;
        var layer = DeepArguments.Layer("conv3_3", "The convolution: conv3_3, conv4_1, conv4_2, or any other");
        var preprocessing = new Option<string?>("--preprocessing") { Description = "What the weights were trained with: caffe (Keras) or torchvision; by default as the file's header says, else torchvision" };
        preprocessing.AcceptOnlyFromAmong("caffe", "torchvision");
        return arguments.Command(layers.Name.ToLowerInvariant(), $"{layers.Name} features trained on ImageNet, with a classifier", layer, preprocessing)
            .Does((parsed, cancellation) =>
            {
                var request = arguments.Request(parsed);
                var source = new VggSource(layers, parsed.GetRequiredValue(layer), request.Weights!, parsed.GetValue(preprocessing));
                new DeepRun(request, source, parsed.InvocationConfiguration.Output).Run(cancellation);
            });
    }
}
