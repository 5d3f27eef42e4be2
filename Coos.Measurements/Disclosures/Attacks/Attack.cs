using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>What attacks of all families need.</summary>
/// <remarks>An attack knows the honest predictions and the class sizes of the public part. Labels reach it through answers only.</remarks>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Accounts">The accounts that share what they learn; most attacks use one.</param>
/// <param name="Targets">The images that the attack works on, in random order.</param>
/// <param name="ScoredShare">The share of the targets that is scored.</param>
internal sealed record AttackSetting(SimulatedBenchmark Benchmark, IReadOnlyList<Attacker> Accounts, int[] Targets, double ScoredShare)
{
    /// <summary>K.</summary>
    public int Classes => Benchmark.Shape.Classes;

    /// <summary>The first account.</summary>
    public Attacker Account => Accounts[0];

    /// <summary>The step of the ladder, in the number of images of mean weight.</summary>
    public double StepInImages => Account.Rule.LadderStep * Benchmark.Shape.PublicImages;

    /// <summary>Draws another class than the honest one.</summary>
    public ushort Other(int image, ref SplitMix mix) => (ushort)((Benchmark.Honest[image] + 1 + mix.Below(Classes - 1)) % Classes);

    /// <summary>Copies the honest predictions.</summary>
    public ushort[] CopyHonest() => [.. Benchmark.Honest];
}

/// <summary>Returns the final predictions of an attack: its own best estimate.</summary>
internal delegate ushort[] Attack(AttackSetting setting, ref SplitMix mix);
