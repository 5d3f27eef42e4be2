using System.CommandLine;
using System.Globalization;
using Coos.Baselines.Texture;

namespace Coos.Cli.Baseline;

/// <summary>The options shared by the commands of all baselines, and those of texture.</summary>
internal static class BaselineArguments
{
    /// <summary>Creates the <c>--data</c> option.</summary>
    public static Option<string> Data() =>
        new("--data")
        {
            Description = "A folder of *_training.hdf5, *_test1.hdf5, ... or of TIFF folders",
            HelpName = "DIR",
            Required = true,
        };

    /// <summary>Rejects --search with a classifier that has nothing to search.</summary>
    public static void RequireForest(Command command, Option<bool> search, Option<string> classifier) =>
        command.Validators.Add(result =>
        {
            if (result.GetValue(search) && (result.GetValue(classifier) ?? classifier.GetDefaultValue()) is not "rf")
            {
                result.AddError("--search requires --classifier rf");
            }
        });

    /// <summary>Creates the <c>--seed</c> option.</summary>
    public static Option<ulong> Seed() =>
        new("--seed")
        {
            Description = "The same seed gives the same predictions",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };

    /// <summary>Creates the <c>--search</c> option.</summary>
    public static Option<bool> Search() =>
        new("--search") { Description = "Random forest: choose among 100 settings of the paper's grid by 5-fold cross-validation" };

    /// <summary>Creates the <c>--distances</c> option, a list of distinct whole numbers of 1 or more.</summary>
    public static Option<string> Distances()
    {
        var option = new Option<string>("--distances")
        {
            Description = "The distances between neighbours in pixels, one texture scale each",
            HelpName = "1,2,...",
            DefaultValueFactory = _ => string.Join(',', new TextureOptions().Distances),
        };
        option.Validators.Add(result =>
        {
            var distances = ParseDistances(result.GetValueOrDefault<string>());
            if (distances.Any(d => d < 1) || distances.Distinct().Count() < distances.Length)
            {
                result.AddError(
                    $"--distances is \"{result.GetValueOrDefault<string>()}\"; "
                        + "it must be a list of distinct whole numbers of 1 or more, such as 1,2,4,8,16"
                );
            }
        });
        return option;
    }

    /// <summary>Parses a list of distances; a part that is not a number becomes 0.</summary>
    public static int[] ParseDistances(string? list) =>
        [
            .. (list ?? "")
                .Split(',')
                .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var distance) ? distance : 0),
        ];
}
