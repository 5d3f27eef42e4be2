using System.CommandLine;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline;

/// <summary><c>coos baseline run texture</c>: trains a reference baseline and classifies every test split.</summary>
internal static class BaselineCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() => new("baseline", "Train the reference baselines, and classify with them")
    {
        new Command("run", "Train on the training split and classify every test split") { Texture() },
        PredictCommand.Create(),
    };

    private static Command Texture()
    {
        var data = new Option<string>("--data") { Description = "A folder of *_training.hdf5, *_test1.hdf5, ... or of TIFF folders", HelpName = "DIR", Required = true };
        var output = new Option<string>("--out") { Description = "The folder for <split>.csv and run.json", HelpName = "DIR", Required = true };
        var classifier = new Option<string>("--classifier") { Description = "The classifier", DefaultValueFactory = _ => "rf" };
        classifier.AcceptOnlyFromAmong("knn", "l1lr", "rf");
        var search = new Option<bool>("--search") { Description = "Forest: try 100 settings of the paper's grid by 5-fold cross-validation" };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same predictions", HelpName = "N", DefaultValueFactory = _ => 1 };
        var save = new Option<string?>("--save") { Description = "Keep the trained baseline for coos baseline predict", HelpName = "FILE" };
        var command = new Command("texture", "Haralick texture of the first channel") { data, output, classifier, search, seed, save };
        command.Validators.Add(result =>
        {
            if (result.GetValue(search) && result.GetValue(classifier) != "rf")
            {
                result.AddError("--search is for --classifier rf");
            }
        });
        return command.Does((parsed, cancellation) => new TextureRun(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetRequiredValue(classifier),
            parsed.GetValue(search), parsed.GetValue(seed), parsed.GetValue(save)).Run(cancellation));
    }
}
