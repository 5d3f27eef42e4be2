using System.CommandLine;
using System.Globalization;
using Coos.Baselines.Texture;

namespace Coos.Cli.Baseline;

/// <summary>The options that commands of the texture baseline share.</summary>
internal static class TextureArguments
{
    /// <summary>--seed.</summary>
    public static Option<ulong> Seed() => new("--seed") { Description = "The same seed gives the same predictions", HelpName = "N", DefaultValueFactory = _ => 1 };

    /// <summary>--search.</summary>
    public static Option<bool> Search() => new("--search") { Description = "Forest: try 100 settings of the paper's grid by 5-fold cross-validation" };

    /// <summary>--distances, a list of whole numbers from 1 on, each once.</summary>
    public static Option<string> Distances()
    {
        var option = new Option<string>("--distances")
        {
            Description = "How far neighbours are apart, a texture scale each",
            HelpName = "1,2,...",
            DefaultValueFactory = _ => string.Join(',', new TextureOptions().Distances),
        };
        option.Validators.Add(result =>
        {
            var distances = DistancesOf(result.GetValueOrDefault<string>());
            if (distances.Any(d => d < 1) || distances.Distinct().Count() < distances.Length)
            {
                result.AddError($"--distances is \"{result.GetValueOrDefault<string>()}\"; it is a list such as 1,2,4,8,16: whole numbers from 1 on, each once");
            }
        });
        return option;
    }

    /// <summary>The distances of a list; 0 for what is no number.</summary>
    public static int[] DistancesOf(string? list) =>
        [.. (list ?? "").Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var distance) ? distance : 0)];
}
