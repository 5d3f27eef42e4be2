using System.Globalization;
using Coos.Shared.Predictions.Arrays;

namespace Coos.Cli.Submit;

/// <summary>What is sent of a folder with predictions of the WILDS package: one submission per seed.</summary>
/// <param name="Dataset">The dataset in the names of the files.</param>
/// <param name="Seeds">The files of each seed, in order.</param>
/// <param name="Left">The splits whose files are not sent, since they are training images.</param>
internal sealed record WildsPlan(string Dataset, IReadOnlyList<WildsSeed> Seeds, IReadOnlyList<string> Left)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">The choices of the command line.</param>
    /// <param name="benchmark">The benchmark, as the server describes it.</param>
    /// <param name="errors">Receives what is wrong; nothing is sent then.</param>
    /// <returns>The plan; null if something is wrong.</returns>
    public static WildsPlan? Create(string folder, WildsOptions options, BenchmarkAnswer benchmark, List<string> errors)
    {
        var files = WildsFile.FindAll(folder);
        files = options.Epoch is { } epoch ? [.. files.Where(f => f.Epoch == epoch)] : files;
        if (files.Length == 0)
        {
            errors.Add($"{folder} has no prediction files of WILDS; their names are <dataset>_split:<split>_seed:<n>_epoch:<e>_pred.csv");
            return null;
        }

        if (files.Select(f => f.Dataset).Distinct().ToList() is { Count: > 1 } datasets)
        {
            errors.Add($"{folder} has files of several datasets: {string.Join(", ", datasets)}; put each into a folder of its own");
            return null;
        }

        files = [.. files.Where(f => !options.Skipped.Contains(f.Split))];
        if (files.Length == 0)
        {
            errors.Add($"{folder} has only predictions of {string.Join(" and ", options.Skipped)}, which --wilds-skip leaves out");
            return null;
        }

        foreach (var repeated in files.GroupBy(f => (f.Seed, f.Split)).Where(g => g.Count() > 1))
        {
            var epochs = string.Join(", ", repeated.Select(f => f.Epoch));
            errors.Add(
                $"seed {repeated.Key.Seed} has several files of {repeated.Key.Split}, of the epochs {epochs}; choose with --wilds-epoch"
            );
        }

        return errors.Count > 0 ? null : Assign(files, options, benchmark, errors);
    }

    private static WildsPlan? Assign(WildsFile[] files, WildsOptions options, BenchmarkAnswer benchmark, List<string> errors)
    {
        var targets = new Dictionary<string, BenchmarkSplit>();
        var left = new List<string>();
        foreach (var split in files.Select(f => f.Split).Distinct())
        {
            var name = options.Splits.GetValueOrDefault(split, split);
            if (benchmark.Splits.FirstOrDefault(s => s.Name == name) is not { } target)
            {
                errors.Add(
                    $"the folder has predictions of {split}, but {benchmark.Slug} has no split {name}; its splits are "
                        + $"{string.Join(", ", benchmark.Splits.Select(s => s.Name))}. "
                        + $"Say which one it is with --wilds-split {split}=SPLIT, or leave it out with --wilds-skip {split}"
                );
            }
            else if (target.Role == "training")
            {
                left.Add(split);
            }
            else
            {
                targets.Add(split, target);
            }
        }

        foreach (var same in targets.GroupBy(t => t.Value.Name).Where(g => g.Count() > 1))
        {
            errors.Add($"{string.Join(" and ", same.Select(t => t.Key))} are both {same.Key}; change --wilds-split");
        }

        WildsSeed[] seeds = [.. files.GroupBy(f => f.Seed).Select(g => ReadSeed(g, targets, errors))];
        return errors.Count > 0 ? null : new WildsPlan(files[0].Dataset, seeds, left);
    }

    private static WildsSeed ReadSeed(IGrouping<string, WildsFile> files, Dictionary<string, BenchmarkSplit> targets, List<string> errors)
    {
        var read = new List<SplitFile>();
        foreach (var file in files.Where(f => targets.ContainsKey(f.Split)))
        {
            var target = targets[file.Split];
            if (file.ReadClasses(out var error) is not { } classes)
            {
                errors.Add(error);
            }
            else if (target.Images is { } images && images != classes.Length)
            {
                errors.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Path}: the file has {classes.Length:N0} lines, but {target.Name} has {images:N0} images"
                    )
                );
            }
            else
            {
                using var content = new MemoryStream();
                NpyLabels.Write(classes, content);
                read.Add(new SplitFile(target.Name, file.Path) { Content = content.ToArray() });
            }
        }

        foreach (var missing in targets.Keys.Except(files.Select(f => f.Split)))
        {
            errors.Add($"seed {files.Key} has no file of {missing}, but other seeds have; the seeds of a method must have the same splits");
        }

        return new WildsSeed(files.Key, read);
    }
}

/// <summary>The submission of one seed.</summary>
/// <param name="Seed">The seed, which becomes the run.</param>
/// <param name="Files">The predictions of each split, as arrays in the order of the split.</param>
internal sealed record WildsSeed(string Seed, IReadOnlyList<SplitFile> Files);
