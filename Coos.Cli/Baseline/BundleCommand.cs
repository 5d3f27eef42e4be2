using System.CommandLine;
using Coos.Cli.Data;

namespace Coos.Cli.Baseline;

/// <summary><c>coos baseline bundle</c>: computes a benchmark folder's bundled baselines, or checks that they are reproducible.</summary>
internal static class BundleCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var benchmark = new Option<string>("--benchmark")
        {
            Description = "The benchmark's folder; predictions are written to its baselines/",
            HelpName = "FOLDER",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "The benchmark's images: *_training.hdf5, *_test1.hdf5, ... or TIFF folders",
            HelpName = "DIR",
            Required = true,
        };
        var simulate = new Option<bool>("--simulate") { Description = "Simulate the images into --data first" };
        var search = BaselineArguments.Search();
        var seed = BaselineArguments.Seed();
        var check = new Option<bool>("--check")
        {
            Description = "Change nothing; fail if any byte of the predictions differs from those in the folder",
        };
        const string Text = "Compute the baselines of a benchmark's folder: texture with kNN, L1 logistic regression and random forest";
        return new Command("bundle", Text) { benchmark, data, simulate, search, seed, check }.Runs(
            (parsed, cancellation) =>
                new BundleRun(
                    parsed.GetRequiredValue(benchmark),
                    parsed.GetRequiredValue(data),
                    parsed.GetValue(search),
                    parsed.GetValue(seed),
                    parsed.AsTyped(),
                    parsed.InvocationConfiguration.Output
                ).Run(parsed.GetValue(simulate), parsed.GetValue(check), cancellation)
        );
    }
}
