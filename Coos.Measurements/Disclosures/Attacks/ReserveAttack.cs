using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>
/// Tests single images although one image is less than a step of the ladder: a reserve of images is predicted wrongly at first, and
/// each submission changes one image and restores just as many of the reserve that it is shown if the changed image is wrong.
/// </summary>
/// <remarks>
/// "No improvement" costs one bit, which is what makes this the most efficient of the attacks. The number of wrong predictions of
/// the best submission is known only as rounded, so the attack keeps its distribution and chooses the number of restored images that
/// tells most per bit. All images must have the same weight, and only one error may be shown.
/// </remarks>
internal sealed class ReserveAttack
{
    private const double P = SimulatedBenchmark.HonestError;
    private const double ShownBits = 8;
    private const int MaximumRestored = 10;

    private readonly AttackSetting _setting;
    private readonly double _weight;
    private readonly double _step;
    private readonly (double Down, double Same) _restored;
    private readonly List<int> _reserve = [];
    private ushort[] _best;
    private double _rung;
    private int _low;
    private double[] _wrong = [];

    private ReserveAttack(AttackSetting setting)
    {
        _setting = setting;
        _weight = 1.0 / setting.Benchmark.Shape.PublicImages;
        _step = setting.Account.Rule.LadderStep;
        _best = setting.CopyHonest();

        // A restored image was changed to a class that is rarely the true one.
        var scored = setting.ScoredShare;
        _restored = (scored * (1 - P), 1 - scored + (scored * P * (1 - (1.0 / (setting.Classes - 1)))));
    }

    /// <summary>Returns whether the attack can be used: equal weights, and one error shown.</summary>
    public static bool Fits(BenchmarkShape shape) =>
        shape.PublicSizes.SelectMany(s => s).Distinct().Count() == 1 && (shape.PublicSizes.Length == 1 || !shape.ShowsEachSplit);

    /// <summary>Runs the attack.</summary>
    public static ushort[] Run(AttackSetting setting, ref SplitMix mix) => new ReserveAttack(setting).Run(ref mix);

    /// <summary>Divides the images among accounts, and uses what all of them find.</summary>
    public static ushort[] Collude(AttackSetting setting, ref SplitMix mix)
    {
        var final = setting.CopyHonest();
        var share = (setting.Targets.Length + setting.Accounts.Count - 1) / setting.Accounts.Count;
        foreach (var (account, targets) in setting.Accounts.Zip(setting.Targets.Chunk(share)))
        {
            var found = Run(setting with { Accounts = [account], Targets = targets }, ref mix);
            foreach (var i in targets)
            {
                final[i] = found[i];
            }
        }

        return final;
    }

    private ushort[] Run(ref SplitMix mix)
    {
        var (account, targets) = (_setting.Account, _setting.Targets);
        var final = _setting.CopyHonest();
        var found = account.Left / 18;
        var reserve = (int)Math.Min(targets.Length / 2.0, 10 + (found * (_setting.StepInImages + 2) / _setting.ScoredShare));
        _reserve.AddRange(targets[..reserve]);
        foreach (var i in _reserve)
        {
            _best[i] = _setting.Other(i, ref mix);
        }

        if (account.Submit(_best) is not { } first)
        {
            return final;
        }

        Show(first.Errors[0], []);
        foreach (var image in targets[reserve..])
        {
            if (account.Left < 12 || _reserve.Count < MaximumRestored)
            {
                break;
            }

            var scored = _setting.ScoredShare;
            var change = _setting.Other(image, ref mix);
            var isTwo = _setting.Classes == 2;
            var right = scored * P / (_setting.Classes - 1);
            if (!Test(image, change, [scored * (1 - P), 1 - right - (scored * (1 - P)), right], isTwo ? 1 : 0, ref mix))
            {
                continue;
            }

            if (isTwo)
            {
                final[image] = change;
                continue;
            }

            final[image] = FindClass(image, change, ref mix);
        }

        return final;
    }

    /// <summary>The image is wrong, also with its present class: tries the other classes in turn.</summary>
    private ushort FindClass(int image, ushort change, ref SplitMix mix)
    {
        var honest = _setting.Benchmark.Honest[image];
        for (var shift = 1; shift < _setting.Classes && _setting.Account.Left >= 12 && _reserve.Count >= MaximumRestored; shift++)
        {
            var next = (ushort)((honest + shift) % _setting.Classes);
            if (
                next != change
                && Test(image, next, [0, 1 - (1.0 / (_setting.Classes - shift)), 1.0 / (_setting.Classes - shift)], 1, ref mix)
            )
            {
                return next;
            }
        }

        // All others failed, so the first change is as good as any.
        return change;
    }

    /// <summary>
    /// Changes an image and restores a part of the reserve; returns whether the effect is probably at least the wanted one.
    /// </summary>
    private bool Test(int image, ushort change, double[] effects, int wanted, ref SplitMix mix)
    {
        var (most, restored) = (-1.0, 0);
        for (var t = 0; t <= MaximumRestored; t++)
        {
            var value = Value(t, effects, wanted);
            (most, restored) = value > most ? (value, t) : (most, restored);
        }

        var trial = _best.ToArray();
        trial[image] = change;
        List<int> batch = [];
        for (var j = 0; j < restored; j++)
        {
            var at = mix.Below(_reserve.Count);
            batch.Add(_reserve[at]);
            trial[_reserve[at]] = _setting.Benchmark.Honest[_reserve[at]];
            _reserve.RemoveAt(at);
        }

        if (_setting.Account.Submit(trial) is not { IsShown: true } answer)
        {
            _reserve.AddRange(batch);
            Learn(restored, effects);
            return false;
        }

        _best = trial;
        var joint = Spread(restored, effects);
        var (sum, success) = (0.0, 0.0);
        for (var effect = 0; effect < effects.Length; effect++)
        {
            for (var c = 0; c < joint[effect].Length; c++)
            {
                var chance = Agrees(_low + c, answer.Errors[0]) && IsShown(c) ? joint[effect][c] : 0;
                sum += chance;
                success += effect - 1 >= wanted ? chance : 0;
            }
        }

        double[] after = [.. Enumerable.Range(0, _wrong.Length).Select(c => IsShown(c) ? joint.Sum(j => j[c]) : 0)];
        Show(answer.Errors[0], after);
        if (success > 0.5 * sum)
        {
            return true;
        }

        _reserve.Add(image);
        return false;
    }

    /// <summary>The information about the wanted effect per expected bit.</summary>
    private double Value(int restored, double[] effects, int wanted)
    {
        var joint = Spread(restored, effects);
        var (shown, both, prior) = (0.0, 0.0, 0.0);
        for (var effect = 0; effect < effects.Length; effect++)
        {
            var chance = joint[effect].Where((_, c) => IsShown(c)).Sum();
            shown += chance;
            both += effect - 1 >= wanted ? chance : 0;
            prior += effect - 1 >= wanted ? effects[effect] : 0;
        }

        var information = Entropy(prior) - (shown * Entropy(both / shown)) - ((1 - shown) * Entropy((prior - both) / (1 - shown)));
        return shown is > 0 and < 1 ? information / (1 + (shown * ShownBits)) : 0;
    }

    /// <summary>The distribution of the number of wrong predictions after a test, for each effect of the changed image.</summary>
    private double[][] Spread(int restored, double[] effects)
    {
        var wrong = _wrong;
        for (var j = 0; j < restored; j++)
        {
            wrong = Move(wrong, _restored.Down, _restored.Same);
        }

        return [.. effects.Select((chance, e) => wrong.Select((_, c) => chance * wrong.ElementAtOrDefault(c + e - 1)).ToArray())];
    }

    private void Learn(int restored, double[] effects)
    {
        // P(not shown | c), for the number of wrong predictions of the best submission, which stays.
        double[] prior = [.. _wrong];
        for (var c = 0; c < prior.Length; c++)
        {
            if (prior[c] > 0)
            {
                _wrong = new double[prior.Length];
                _wrong[c] = 1;
                prior[c] *= Spread(restored, effects).Sum(j => j.Where((_, d) => !IsShown(d)).Sum());
            }
        }

        var sum = prior.Sum();
        _wrong = [.. prior.Select(chance => chance / sum)];
    }

    /// <summary>Begins with a new best submission, given the distribution before its error was shown; empty if all are equal.</summary>
    private void Show(double error, double[] before)
    {
        _rung = error;

        // Tests move the number of wrong predictions by less than the margin.
        const int Margin = MaximumRestored + 2;
        var first = (int)Math.Round(error / _weight);
        var half = (int)Math.Ceiling(_step / _weight / 2) + 1;
        var low = first - half - Margin;
        var after = new double[(2 * (half + Margin)) + 1];
        var equal = new double[after.Length];
        for (var c = 0; c < after.Length; c++)
        {
            if (Agrees(low + c, error))
            {
                equal[c] = 1;
                after[c] = low + c - _low >= 0 ? before.ElementAtOrDefault(low + c - _low) : 0;
            }
        }

        _low = low;
        var chosen = after.Sum() > 0 ? after : equal;
        var sum = chosen.Sum();
        _wrong = [.. chosen.Select(chance => chance / sum)];
    }

    private bool IsShown(int index) => (_low + index) * _weight < _rung - _step - 1e-12;

    private bool Agrees(int wrong, double error) => Math.Abs((wrong * _weight) - error) <= (_step / 2) + 1e-12;

    private static double[] Move(double[] wrong, double down, double same) =>
        [
            .. wrong.Select(
                (chance, c) =>
                    (same * chance) + (down * wrong.ElementAtOrDefault(c + 1)) + ((1 - down - same) * wrong.ElementAtOrDefault(c - 1))
            ),
        ];

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log2(p)) - ((1 - p) * Math.Log2(1 - p));
}
