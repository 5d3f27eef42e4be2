using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>The result of one simulated attack.</summary>
/// <param name="Bits">The bits of all answers of all accounts.</param>
/// <param name="Submissions">The submissions of all accounts.</param>
/// <param name="Gain">The error of the honest predictions minus that of the final ones, on the same public labels.</param>
/// <param name="Bound">The most that the bits can lower the expected error.</param>
/// <param name="Allowed">The bound plus four standard deviations of the gain of as many changes.</param>
/// <param name="SealedGain">As the gain, on the sealed part.</param>
/// <param name="SealedChance">What the same changes gain on the sealed part by chance.</param>
/// <param name="SealedVariance">The variance of that chance.</param>
internal sealed record AttackResult(
    double Bits,
    int Submissions,
    double Gain,
    double Bound,
    double Allowed,
    double SealedGain,
    double SealedChance,
    double SealedVariance
);

/// <summary>A family of attacks and its accounts.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Run">The attack; null for the informant.</param>
/// <param name="Accounts">The number of accounts.</param>
/// <param name="ShowsIntervals">Whether intervals are shown and paid for too.</param>
/// <param name="Fits">Whether the attack can be used on a benchmark; null if always.</param>
internal sealed record AttackFamily(
    string Name,
    Attack? Run,
    int Accounts = 1,
    bool ShowsIntervals = false,
    Func<BenchmarkShape, bool>? Fits = null
)
{
    /// <summary>The name of the family that is not an attack.</summary>
    public const string Informant = "informant (no attack)";

    /// <summary>The families that are simulated.</summary>
    public static IReadOnlyList<AttackFamily> All { get; } =
    [
        new("block flips with the ladder", ScoreAttacks.FlipBlocks),
        new("comparison of blocks with the ladder", ScoreAttacks.CompareBlocks),
        new("pairwise counts", ScoreAttacks.CountDifferences),
        new("pairwise counts, intervals shown", ScoreAttacks.CountDifferences, ShowsIntervals: true),
        new("boosting", ScoreAttacks.Boost),
        new("deletions", ScoreAttacks.FlipAndDelete),
        new("matrices in detailed reports", DetailAttacks.SplitGroups),
        new("Brier score as oracle", DetailAttacks.ReadBrier),
        new("single images with a reserve", ReserveAttack.Run, Fits: ReserveAttack.Fits),
        new("20 accounts, block flips", ScoreAttacks.Collude, 20),
        new("20 accounts, single images with a reserve", ReserveAttack.Collude, 20, Fits: ReserveAttack.Fits),
        new(Informant, null),
    ];

    /// <summary>The step of errors and of the ladder: the default.</summary>
    public const double Step = 0.001;

    /// <summary>Simulates one attack.</summary>
    /// <param name="shape">The benchmark.</param>
    /// <param name="limit">The limit of each account: the most that its bits can lower an error of 10%; 0.01 is 1 point.</param>
    /// <param name="knowsPublic">Whether the attack knows which images are scored. Otherwise it changes sealed ones too.</param>
    /// <param name="seed">The seed.</param>
    public AttackResult Simulate(BenchmarkShape shape, double limit, bool knowsPublic, ulong seed)
    {
        const double P = SimulatedBenchmark.HonestError;
        var mix = new SplitMix(seed);
        var benchmark = SimulatedBenchmark.Create(shape, ref mix);
        var rule = new ReleaseRule(Step, Step, benchmark.Bound.ComputeBits(limit, P));
        Attacker[] accounts = [.. Enumerable.Range(0, Accounts).Select(_ => new Attacker(benchmark, rule, ShowsIntervals))];
        int[] targets = [.. Enumerable.Range(0, benchmark.Honest.Length).Where(i => !knowsPublic || benchmark.IsPublic[i])];
        SimulatedBenchmark.Shuffle(targets, ref mix);

        ushort[] final;
        var bits = 0.0;
        if (Run is null)
        {
            (final, bits) = InformantAttack.Run(benchmark, targets, rule.MaximumBits);
        }
        else
        {
            final = Run(new AttackSetting(benchmark, accounts, targets, (double)shape.PublicImages / targets.Length), ref mix);
            bits = accounts.Sum(a => a.Bits);
        }

        var changed = Enumerable
            .Range(0, final.Length)
            .Where(i => benchmark.IsPublic[i] && final[i] != benchmark.Honest[i])
            .Sum(i => Math.Pow(benchmark.LargestWeight(benchmark.Splits[i]), 2));
        var bound = benchmark.Bound.ComputeMaximumGain(bits, P);
        var (chance, variance) = benchmark.ComputeChance(final, onPublic: false);
        return new AttackResult(
            bits,
            accounts.Sum(a => a.Submissions),
            Gain(true),
            bound,
            bound + 1e-12 + (4 * Math.Sqrt(changed)),
            Gain(false),
            chance,
            variance
        );

        double Gain(bool onPublic) =>
            benchmark.ComputeRankingError(benchmark.Honest, onPublic) - benchmark.ComputeRankingError(final, onPublic);
    }
}
