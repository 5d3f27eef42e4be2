using System.CommandLine;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Training;

namespace Coos.Cli.Baseline.Deep;

/// <summary>The options shared by the commands of the deep baselines.</summary>
internal sealed class DeepArguments
{
    /// <summary>The classifier's name for DeepLoc's own probabilities.</summary>
    public const string EndToEnd = "end-to-end";

    public DeepArguments(bool isEndToEnd, string weights)
    {
        Classifier = new("--classifier") { Description = "The classifier", DefaultValueFactory = _ => isEndToEnd ? EndToEnd : "l1lr" };
        Classifier.AcceptOnlyFromAmong(isEndToEnd ? [EndToEnd, .. ClassifierSettings.Names] : ClassifierSettings.Names);
        Weights = new("--weights") { Description = weights, HelpName = "FILE" };
    }

    public Option<string> Data { get; } = BaselineArguments.Data();

    public Option<string> Output { get; } =
        new("--out")
        {
            Description = "The folder for <split>.csv, run.json and training/ with checkpoint, curve and network",
            HelpName = "DIR",
            Required = true,
        };

    public Option<string> Classifier { get; }

    public Option<string?> Weights { get; }

    public Option<bool> Search { get; } = BaselineArguments.Search();

    public Option<ulong> Seed { get; } = BaselineArguments.Seed();

    public Option<string> Device { get; } =
        new("--device")
        {
            Description = $"Where the network runs: {TorchDevice.Choices}",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto",
        };

    public Option<string?> Save { get; } =
        new("--save") { Description = "Save network and classifier for coos baseline predict and export", HelpName = "FILE" };

    public Option<string?> Cache { get; } =
        new("--features")
        {
            Description =
                "The folder of cached features, by default OUT/.features; "
                + "runs that share it compute the features of the same images and weights once",
            HelpName = "DIR",
        };

    /// <summary>Creates the <c>--layer</c> option.</summary>
    public static Option<string> Layer(string layer, string description) =>
        new("--layer")
        {
            Description = description,
            HelpName = "NAME",
            DefaultValueFactory = _ => layer,
        };

    /// <summary>Creates the <c>--preset</c> option.</summary>
    public static Option<string> Preset()
    {
        var preset = new Option<string>("--preset")
        {
            Description = "coos7: as published, for tens of thousands of images; small: for hundreds to a few thousand images",
            DefaultValueFactory = _ => "coos7",
        };
        preset.AcceptOnlyFromAmong("coos7", "small");
        return preset;
    }

    /// <summary>Creates the <c>--batch</c> option. The limit of 65,536 prevents overflow; larger batches exceed any memory.</summary>
    public static Option<int?> Batch(string description, int minimum) => Count("--batch", description, minimum, 65_536);

    /// <summary>Creates an option for a whole number that overrides the preset's value.</summary>
    public static Option<int?> Count(string name, string description, int minimum = 1, int maximum = int.MaxValue)
    {
        var option = new Option<int?>(name) { Description = $"{description}; the default depends on the preset", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } count && (count < minimum || count > maximum))
            {
                var allowed = maximum < int.MaxValue ? $"{minimum} to {maximum}" : $"{minimum} or more";
                result.AddError($"{name} must be a whole number, {allowed}");
            }
        });
        return option;
    }

    /// <summary>Creates the <c>--precision</c> option.</summary>
    public static Option<string> Precision()
    {
        var precision = new Option<string>("--precision")
        {
            Description =
                "single: 32 bits everywhere; mixed: convolutions use bfloat16 during training, "
                + "two to three times as fast on processors with AVX-512 BF16 or AMX",
            DefaultValueFactory = _ => "single",
        };
        precision.AcceptOnlyFromAmong("single", "mixed");
        return precision;
    }

    /// <summary>Parses a value of --precision.</summary>
    public static Precision ParsePrecision(string name) => Enum.Parse<Precision>(name, ignoreCase: true);

    /// <summary>Creates the <c>--learning-rate</c> option.</summary>
    public static Option<double?> LearningRate()
    {
        var option = new Option<double?>("--learning-rate")
        {
            Description = "Adam's learning rate at the first step; the default depends on the preset",
            HelpName = "X",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } rate && rate is not (> 0 and <= 10))
            {
                result.AddError("--learning-rate must be greater than 0 and at most 10");
            }
        });
        return option;
    }

    /// <summary>Creates a command with these options and its own.</summary>
    public Command CreateCommand(string name, string description, params Option[] own)
    {
        var command = new Command(name, description);
        foreach (var option in (Option[])[Data, Output, .. own, Classifier, Weights, Search, Seed, Device, Save, Cache])
        {
            command.Add(option);
        }

        BaselineArguments.RequireForest(command, Search, Classifier);
        return command;
    }

    /// <summary>Reads the request from a parsed command line.</summary>
    public DeepRequest ReadRequest(ParseResult parsed)
    {
        var (classifier, seed) = (parsed.GetRequiredValue(Classifier), parsed.GetValue(Seed));
        return new DeepRequest(
            parsed.GetRequiredValue(Data),
            parsed.GetRequiredValue(Output),
            classifier == EndToEnd ? null : new ClassifierSettings(classifier, parsed.GetValue(Search), seed),
            seed,
            parsed.GetRequiredValue(Device),
            parsed.AsTyped()
        )
        {
            Save = parsed.GetValue(Save),
            Weights = parsed.GetValue(Weights),
            Cache = parsed.GetValue(Cache) ?? Path.Combine(parsed.GetRequiredValue(Output), ".features"),
        };
    }
}
