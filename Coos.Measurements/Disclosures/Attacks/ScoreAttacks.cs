using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>Attacks that use only the errors that are shown, and whether they are shown.</summary>
internal static class ScoreAttacks
{
    private const double HonestError = SimulatedBenchmark.HonestError;
    private const int MaximumSubmissions = 2000;

    /// <summary>Changes one block of images at a time, and keeps the changes that the ladder shows as an improvement.</summary>
    /// <remarks>A block is as small as an improvement can be: one image if it weighs more than a step.</remarks>
    public static ushort[] FlipBlocks(AttackSetting setting, ref SplitMix mix)
    {
        var best = setting.CopyHonest();
        return setting.Account.Submit(best) is null ? best : KeepImprovements(setting, best, setting.Targets, ref mix);
    }

    /// <summary>As <see cref="FlipBlocks"/>, but deletes each submission and sends the honest one again, to reset the ladder.</summary>
    public static ushort[] FlipAndDelete(AttackSetting setting, ref SplitMix mix)
    {
        var best = setting.CopyHonest();
        var blocks = setting.Targets.Chunk(BlockSize(setting)).GetEnumerator();
        while (setting.Account.Submit(setting.Benchmark.Honest) is not null && blocks.MoveNext())
        {
            var trial = Change(setting, best, (int[])blocks.Current, ref mix);
            switch (setting.Account.Submit(trial))
            {
                case null:
                    return best;
                case { IsShown: true }:
                    best = trial;
                    break;
                default:
                    break;
            }
        }

        return best;
    }

    /// <summary>
    /// Pairwise counts: begins with wrong predictions for all targets and restores them block by block. Each difference of two errors
    /// counts the images of a block that the honest method predicts correctly.
    /// </summary>
    public static ushort[] CountDifferences(AttackSetting setting, ref SplitMix mix)
    {
        var (honest, account) = (setting.Benchmark.Honest, setting.Account);
        var current = Change(setting, honest, setting.Targets, ref mix);
        var final = setting.CopyHonest();
        if (account.Submit(current) is null)
        {
            return final;
        }

        // Restoring a block whose share of errors is usual must be shown.
        var visible = 1 + (int)Math.Floor(setting.StepInImages / setting.ScoredShare);
        var size = visible == 1 ? 1 : (int)Math.Ceiling(1.5 * visible / (1 - (2 * HonestError)));
        foreach (var block in setting.Targets.Chunk(size))
        {
            var trial = current.ToArray();
            foreach (var i in block)
            {
                trial[i] = honest[i];
            }

            switch (account.Submit(trial))
            {
                case null:
                    return final;
                case { IsShown: true }:
                    current = trial;
                    break;
                default:
                    // Most images of the block are wrong, or none is scored. With two classes the changed ones are then right.
                    current = setting.Classes == 2 ? current : TryClasses(setting, trial, block);
                    foreach (var i in block)
                    {
                        final[i] = current[i];
                    }

                    break;
            }
        }

        return final;
    }

    /// <summary>
    /// Blum and Hardt's boosting: random changes of many images; changes that occur in shown submissions are likely to be right. The
    /// likeliest are then tried one block at a time.
    /// </summary>
    public static ushort[] Boost(AttackSetting setting, ref SplitMix mix)
    {
        const double Shown = 0.3;
        var (account, honest) = (setting.Account, setting.Benchmark.Honest);
        var loss = 1 - HonestError - (HonestError / (setting.Classes - 1));
        var budget = account.Left / 2;
        var changed = setting.Targets.ToDictionary(i => i, _ => (ushort)0);
        foreach (var i in setting.Targets)
        {
            changed[i] = setting.Other(i, ref mix);
        }

        var votes = new Dictionary<int, double>();
        var share = 0.3;
        for (var round = 0; round < MaximumSubmissions && account.Left > budget && share * setting.Targets.Length >= 5; round++)
        {
            var trial = honest.ToArray();
            List<int> flips = [];
            foreach (var i in setting.Targets)
            {
                if (mix.NextDouble() < share)
                {
                    trial[i] = changed[i];
                    flips.Add(i);
                }
            }

            if (account.Submit(trial) is not { } answer)
            {
                break;
            }

            foreach (var i in flips)
            {
                votes[i] = votes.GetValueOrDefault(i) + (answer.IsShown ? 1 - Shown : -Shown);
            }

            if (answer.IsShown)
            {
                // The next errors are spread around a value above the threshold, so that about a third of them is shown.
                var threshold = answer.Errors.Average() - account.Rule.LadderStep;
                var spread = Math.Sqrt(share * (1 - share) / setting.Benchmark.Shape.PublicImages);
                share = Math.Min(share, Math.Max(0, (threshold + (0.5 * spread) - HonestError) / loss));
            }
        }

        if (account.Submit(honest) is not { IsShown: true })
        {
            return setting.CopyHonest();
        }

        int[] order = [.. setting.Targets.OrderByDescending(i => votes.GetValueOrDefault(i))];
        var best = setting.CopyHonest();
        foreach (var block in order.Chunk(BlockSize(setting)))
        {
            var trial = best.ToArray();
            foreach (var i in block)
            {
                trial[i] = changed[i];
            }

            if (account.Submit(trial) is not { } answer)
            {
                break;
            }

            best = answer.IsShown ? trial : best;
        }

        return best;
    }

    /// <summary>
    /// Compares blocks with each other: one block is changed at first; each submission restores it and changes another, so it is shown
    /// if the other has more errors. The block with the most errors remains.
    /// </summary>
    public static ushort[] CompareBlocks(AttackSetting setting, ref SplitMix mix)
    {
        var account = setting.Account;
        var blocks = setting.Targets.Chunk(Math.Max(4, 2 * BlockSize(setting))).ToArray();
        var best = Change(setting, setting.Benchmark.Honest, blocks[0], ref mix);
        if (account.Submit(best) is null)
        {
            return setting.CopyHonest();
        }

        foreach (var block in blocks.Skip(1))
        {
            // Keep what is needed to learn whether the best block is better than the honest predictions.
            if (account.Left < 30)
            {
                break;
            }

            var trial = Change(setting, setting.Benchmark.Honest, block, ref mix);
            if (account.Submit(trial) is not { } answer)
            {
                break;
            }

            best = answer.IsShown ? trial : best;
        }

        // Submitting them shows whether the honest predictions are better. Ties go to the honest ones, which is what is likely.
        return account.Submit(setting.Benchmark.Honest) is { IsShown: false } ? best : setting.CopyHonest();
    }

    /// <summary>Accounts that share all they learn: each continues where the one before it used its budget.</summary>
    public static ushort[] Collude(AttackSetting setting, ref SplitMix mix)
    {
        var best = setting.CopyHonest();
        var next = 0;
        foreach (var account in setting.Accounts)
        {
            var own = setting with { Accounts = [account], Targets = setting.Targets[next..] };
            if (account.Submit(best) is not null)
            {
                var before = account.Submissions;
                best = KeepImprovements(own, best, own.Targets, ref mix);
                next = Math.Min(setting.Targets.Length, next + ((account.Submissions - before) * BlockSize(setting)));
            }
        }

        return best;
    }

    private static ushort[] KeepImprovements(AttackSetting setting, ushort[] best, int[] targets, ref SplitMix mix)
    {
        foreach (var block in targets.Chunk(BlockSize(setting)))
        {
            var trial = Change(setting, best, block, ref mix);
            if (setting.Account.Submit(trial) is not { } answer)
            {
                break;
            }

            best = answer.IsShown ? trial : best;
        }

        return best;
    }

    /// <summary>Tries the other classes for the first image of a block, which is then kept if one is shown.</summary>
    private static ushort[] TryClasses(AttackSetting setting, ushort[] restored, int[] block)
    {
        var image = block[0];
        for (var shift = 1; shift < setting.Classes && block.Length == 1; shift++)
        {
            var trial = restored.ToArray();
            trial[image] = (ushort)((setting.Benchmark.Honest[image] + shift) % setting.Classes);
            switch (setting.Account.Submit(trial))
            {
                case null:
                    return restored;
                case { IsShown: true }:
                    return trial;
                default:
                    break;
            }
        }

        return restored;
    }

    private static ushort[] Change(AttackSetting setting, ushort[] predictions, int[] block, ref SplitMix mix)
    {
        var changed = predictions.ToArray();
        foreach (var i in block)
        {
            changed[i] = setting.Other(i, ref mix);
        }

        return changed;
    }

    private static int BlockSize(AttackSetting setting) => 1 + (int)Math.Floor(setting.StepInImages);
}
