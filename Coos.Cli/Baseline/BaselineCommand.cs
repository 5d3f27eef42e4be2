using System.CommandLine;
using Coos.Baselines.Texture;
using Coos.Cli.Baseline.Deep;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline;

/// <summary><c>coos baseline</c>: trains the reference baselines and classifies with them.</summary>
internal static class BaselineCommand
{
    // Validators see null, not the default, for an option that was not specified.
    private const string DefaultClassifier = "rf";

    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        new("baseline", "Train the reference baselines and classify with them")
        {
            CreateRun(),
            PredictCommand.Create(),
            ExportCommand.Create(),
            BundleCommand.Create(),
        };

    private static Command CreateRun()
    {
        var command = new Command("run", "Train on the training split and classify every test split") { CreateTexture() };
        foreach (var deep in DeepCommands.Create())
        {
            command.Add(deep);
        }

        return command;
    }

    private static Command CreateTexture()
    {
        var data = BaselineArguments.Data();
        var output = new Option<string>("--out")
        {
            Description = "The folder for <split>.csv and run.json",
            HelpName = "DIR",
            Required = true,
        };
        var classifier = new Option<string>("--classifier")
        {
            Description = "The classifier",
            DefaultValueFactory = _ => DefaultClassifier,
        };
        classifier.AcceptOnlyFromAmong(ClassifierSettings.Names);
        var distances = BaselineArguments.Distances();
        var search = BaselineArguments.Search();
        var seed = BaselineArguments.Seed();
        var save = new Option<string?>("--save") { Description = "Save the trained baseline for coos baseline predict", HelpName = "FILE" };
        var command = new Command("texture", "Haralick texture of the first channel, with a classifier")
        {
            data,
            output,
            classifier,
            distances,
            search,
            seed,
            save,
        };
        BaselineArguments.RequireForest(command, search, classifier);
        return command.Runs(
            (parsed, cancellation) =>
                new TextureRun(
                    new TextureRequest(
                        parsed.GetRequiredValue(data),
                        parsed.GetRequiredValue(output),
                        new ClassifierSettings(parsed.GetRequiredValue(classifier), parsed.GetValue(search), parsed.GetValue(seed))
                    )
                    {
                        Texture = new TextureOptions { Distances = BaselineArguments.ParseDistances(parsed.GetRequiredValue(distances)) },
                        Save = parsed.GetValue(save),
                        Command = parsed.AsTyped(),
                    },
                    parsed.InvocationConfiguration.Output
                ).Run(cancellation)
        );
    }
}
