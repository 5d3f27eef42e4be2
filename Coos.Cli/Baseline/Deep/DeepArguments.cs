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
        new("--save") { Description = "Save network and classifier for coos baseline predict", HelpName = "FILE" };

    public Option<string?> Cache { get; } =
        new("--features")
        {
            Description =
                "The folder of cached features, by default OUT/.features; "
                + "runs that share it compute the features of the same images and weights once",
            HelpName = "DIR",
        };

    /// <summary>--layer.</summary>
    public static Option<string> Layer(string layer, string description) =>
        new("--layer")
        {
            Description = description,
            HelpName = "NAME",
            DefaultValueFactory = _ => layer,
        };

    /// <summary>--preset.</summary>
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

    /// <summary>--batch, limited to 65,536: larger batches exceed any machine's memory, and their sizes could overflow.</summary>
    public static Option<int?> Batch(string description, int least) => Count("--batch", description, least, 65_536);

    /// <summary>An option with a whole number that replaces the preset's value.</summary>
    public static Option<int?> Count(string name, string description, int least = 1, int most = int.MaxValue)
    {
        var option = new Option<int?>(name) { Description = $"{description}; by default that of the preset", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } count && (count < least || count > most))
            {
                result.AddError($"{name} must be a whole number, {(most < int.MaxValue ? $"{least} to {most}" : $"{least} or more")}");
            }
        });
        return option;
    }

    /// <summary>--precision.</summary>
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

    /// <summary>--learning-rate.</summary>
    public static Option<double?> LearningRate()
    {
        var option = new Option<double?>("--learning-rate")
        {
            Description = "Adam's learning rate at the first step; by default that of the preset",
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
