using System.Globalization;
using Coos.Evaluator.Plates;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>
/// <c>coverage --tables positions</c>: how often the tests of edge, rows and columns show an effect where there is none, which should be
/// in 5% of cases, and how often they show an effect of the edge of 5 points.
/// </summary>
internal static class PositionLevels
{
    /// <summary>The simulations of a row without an effect, and the permutations of each test.</summary>
    /// <remarks>
    /// A permutation test has its level with any number for which 5% of B + 1 is whole; a third of it, for Holm's first step, is whole too.
    /// </remarks>
    private static readonly (int Runs, int Permutations) ForLevel = (2000, 59);

    /// <summary>The same of a row with an effect, where few permutations would cost power.</summary>
    private static readonly (int Runs, int Permutations) ForPower = (1000, 179);

    private const double Effect = 0.05;

    private static readonly SimulatedPlates Usual = new(4, 384, null, 7, Held.One, 25, 25);

    /// <summary>Prints both tables.</summary>
    public static void Print()
    {
        CoverageMeasurement.WriteHeader(
            "no effect: plates",
            "wells hold",
            "images per well",
            "ICC",
            "edge",
            "rows",
            "columns",
            "any, after Holm",
            "interval of the edge"
        );
        (SimulatedPlates Design, double Icc)[] rows =
        [
            (Usual, 0),
            (Usual, 0.2),
            (Usual with { EdgeImages = 8 }, 0.05),
            (Usual with { Plates = 1, Images = 5, EdgeImages = 5 }, 0.05),
            (new SimulatedPlates(1, 96, null, 2, Held.One, 25, 25), 0.05),
            (new SimulatedPlates(1, 96, null, 2, Held.One, 25, 8), 0.05),
            (new SimulatedPlates(2, 384, 56, 7, Held.One, 29, 29), 0.05),
            (new SimulatedPlates(1, 384, 48, 2, Held.One, 25, 25), 0.05),
            (new SimulatedPlates(1, 1536, null, 7, Held.One, 10, 10), 0.05),
            (new SimulatedPlates(4, 96, null, 3, Held.All, 28, 28), 0.05),
            (new SimulatedPlates(4, 96, null, 3, Held.MoreAtTheEdge, 28, 28), 0.05),
        ];
        foreach (var (design, icc) in rows)
        {
            var hits = Simulate(design, icc, 0, ForLevel);
            CoverageMeasurement.WriteRow([
                design,
                Describe(design.Held),
                design.Sizes,
                icc.ToString(CultureInfo.InvariantCulture),
                .. hits,
            ]);
        }

        CoverageMeasurement.WriteHeader(
            "edge 5 points worse: plates",
            "wells hold",
            "images per well",
            "ICC",
            "edge found",
            "rows",
            "columns",
            "any, after Holm",
            "interval of the edge"
        );
        (SimulatedPlates Design, double Icc)[] effects =
        [
            (Usual with { Images = 5, EdgeImages = 5 }, 0.05),
            (Usual with { Images = 10, EdgeImages = 10 }, 0.05),
            (Usual, 0),
            (Usual, 0.05),
            (Usual, 0.2),
            (Usual with { Plates = 1 }, 0.05),
            (new SimulatedPlates(2, 384, 56, 7, Held.One, 29, 29), 0.05),
        ];
        foreach (var (design, icc) in effects)
        {
            CoverageMeasurement.WriteRow([
                design,
                Describe(design.Held),
                design.Sizes,
                Format(icc),
                .. Simulate(design, icc, Effect, ForPower),
            ]);
        }
    }

    /// <summary>
    /// The shares of simulations in which each test, and any test after Holm, shows an effect, and the coverage of the interval; of those
    /// that can be tested.
    /// </summary>
    private static object[] Simulate(SimulatedPlates design, double icc, double effect, (int Runs, int Permutations) size)
    {
        var (hits, tested) = (new int[5], new int[5]);
        Parallel.For(
            0,
            size.Runs,
            i =>
            {
                foreach (var (k, found) in Test(design.Draw(icc, effect, ((ulong)i + 1) << 32), effect, size.Permutations).Index())
                {
                    if (found is { } known)
                    {
                        Interlocked.Increment(ref tested[k]);
                        Interlocked.Add(ref hits[k], known ? 1 : 0);
                    }
                }
            }
        );
        return [.. hits.Zip(tested, (h, n) => (object)((double)h / n))];
    }

    /// <summary>Whether each test, and any after Holm, shows an effect, and whether the interval covers it; null if untested.</summary>
    private static IEnumerable<bool?> Test(WellCounts counts, double effect, int permutations)
    {
        PositionTest[] tests = [.. Enum.GetValues<PositionEffect>().Select(e => PositionTests.Compute(counts, e, permutations))];
        double[] known = [.. tests.Select(t => t.P).OfType<double>()];
        bool? any = known.Length == 0 ? null : RankIntervals.AdjustByHolm(known).Min() <= PositionTests.Level + 1e-12;
        bool? isCovered = tests[0].Largest is { Interval: var interval } ? interval.Lower <= effect && effect <= interval.Upper : null;
        return [.. tests.Select(t => t.P is { } p ? p <= PositionTests.Level : (bool?)null), any, isCovered];
    }

    private static string Format(double icc) => icc.ToString(CultureInfo.InvariantCulture);

    private static string Describe(Held held) =>
        held switch
        {
            Held.One => "one class",
            Held.All => "all classes",
            _ => "all classes, hard ones more often at the edge",
        };
}

/// <summary>The classes of a well.</summary>
internal enum Held
{
    /// <summary>Each well holds one class, drawn at random.</summary>
    One = 0,

    /// <summary>Each well holds all classes in random numbers.</summary>
    All = 1,

    /// <summary>As <see cref="All"/>, but wells at the edge hold more images of the harder classes.</summary>
    MoreAtTheEdge = 2,
}

/// <summary>Plates whose errors are simulated.</summary>
/// <param name="Plates">The number of plates.</param>
/// <param name="Wells">The number of wells of a plate: 96, 384 or 1536.</param>
/// <param name="Used">The number of used wells of a plate, an equal number of each class at random places; null for all.</param>
/// <param name="Classes">The number of classes. Their errors are at equal steps around 15%.</param>
/// <param name="Held">The classes of a well.</param>
/// <param name="Images">The images of an inner well.</param>
/// <param name="EdgeImages">The images of a well at the edge.</param>
internal sealed record SimulatedPlates(int Plates, int Wells, int? Used, int Classes, Held Held, int Images, int EdgeImages)
{
    private const double Error = 0.15;
    private const double Spread = 0.12;
    private const double PlateSpread = 0.03;

    private PlateFormat Format => PlateFormat.Find(Wells)!;

    /// <summary>The images per well, for the table.</summary>
    public string Sizes =>
        Images == EdgeImages
            ? Images.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Images}, {EdgeImages} at the edge");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Plates} of {Wells} wells{(Used is { } used ? $", {used} used" : "")}");

    /// <summary>Draws the images and errors of all wells.</summary>
    /// <param name="icc">The correlation of the errors of two images of a class in a well.</param>
    /// <param name="effect">What is added to the error of wells at the edge.</param>
    /// <param name="seed">The seed.</param>
    public WellCounts Draw(double icc, double effect, ulong seed)
    {
        var mix = new SplitMix(seed);
        var (plates, wells, images, errors) = (new List<MappedPlate>(), new List<MappedWell>(), new List<int>(), new List<double>());
        for (var plate = 0; plate < Plates; plate++)
        {
            var first = wells.Count;
            var shift = PlateSpread * ((2 * mix.NextDouble()) - 1);
            var order = Shuffle(Format.Wells, ref mix);
            foreach (var (i, number) in order.Take(Used ?? Wells).Index())
            {
                var position = WellPosition.FromNumber(number, Format, isByColumn: false);
                var isEdge = Format.IsEdge(position);
                wells.Add(new MappedWell(plate, position.Name, position));
                var held = DrawImages(i, isEdge, ref mix);
                images.AddRange(held);
                foreach (var (k, count) in held.Index())
                {
                    var step = Classes == 1 ? 0 : ((2.0 * k / (Classes - 1)) - 1);
                    errors.Add(DrawErrors(count, Error + (Spread * step) + shift + (isEdge ? effect : 0), icc, ref mix));
                }
            }

            plates.Add(new MappedPlate($"{plate}", Format, first, wells.Count - first));
        }

        return new WellCounts(new WellMap(plates, wells, []), Classes, images, errors);
    }

    private int[] DrawImages(int well, bool isEdge, ref SplitMix mix)
    {
        var (count, images) = (isEdge ? EdgeImages : Images, new int[Classes]);
        if (Held == Held.One)
        {
            images[well % Classes] = count;
            return images;
        }

        for (var i = 0; i < count; i++)
        {
            var (k, other) = (mix.Below(Classes), mix.Below(Classes));
            images[
                Held == Held.All ? k
                : isEdge ? Math.Max(k, other)
                : Math.Min(k, other)
            ]++;
        }

        return images;
    }

    private static int DrawErrors(int images, double error, double icc, ref SplitMix mix)
    {
        if (images == 0)
        {
            return 0;
        }

        var chance = error;
        if (icc > 0)
        {
            var size = (1 / icc) - 1;
            var (x, y) = (PairedOutcomes.DrawGamma(error * size, ref mix), PairedOutcomes.DrawGamma((1 - error) * size, ref mix));
            chance = x + y > 0 ? x / (x + y) : error;
        }

        var wrong = 0;
        for (var i = 0; i < images; i++)
        {
            wrong += mix.NextDouble() < chance ? 1 : 0;
        }

        return wrong;
    }

    private static int[] Shuffle(int count, ref SplitMix mix)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var j = mix.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
