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
    /// <summary>The simulations of a row.</summary>
    private const int Runs = 2000;

    /// <summary>The permutations of a simulated test. A permutation test has its level with any number for which 5% of B + 1 is whole.</summary>
    private const int Permutations = 199;

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
            (Usual, 0.05),
            (Usual, 0.2),
            (Usual with { Images = 5, EdgeImages = 5 }, 0.05),
            (Usual with { EdgeImages = 8 }, 0.05),
            (new SimulatedPlates(1, 96, null, 2, Held.One, 25, 25), 0.05),
            (new SimulatedPlates(2, 384, 56, 7, Held.One, 29, 29), 0.05),
            (new SimulatedPlates(1, 384, 24, 2, Held.One, 25, 25), 0.05),
            (new SimulatedPlates(1, 1536, null, 7, Held.One, 10, 10), 0.05),
            (new SimulatedPlates(4, 96, null, 7, Held.All, 28, 28), 0.05),
            (new SimulatedPlates(4, 96, null, 7, Held.MoreAtTheEdge, 28, 28), 0.05),
        ];
        foreach (var (design, icc) in rows)
        {
            var hits = Simulate(design, icc, 0);
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
        foreach (var images in new[] { 5, 10, 25 })
        {
            foreach (var icc in new[] { 0, 0.05, 0.2 })
            {
                var design = Usual with { Images = images, EdgeImages = images };
                CoverageMeasurement.WriteRow([
                    design,
                    Describe(design.Held),
                    design.Sizes,
                    icc.ToString(CultureInfo.InvariantCulture),
                    .. Simulate(design, icc, Effect),
                ]);
            }
        }

        var single = Usual with { Plates = 1 };
        CoverageMeasurement.WriteRow([single, Describe(single.Held), single.Sizes, "0.05", .. Simulate(single, 0.05, Effect)]);
    }

    /// <summary>The shares of simulations in which each test, and any test after Holm, shows an effect, and the coverage of the interval.</summary>
    private static object[] Simulate(SimulatedPlates design, double icc, double effect)
    {
        var hits = new int[5];
        Parallel.For(
            0,
            Runs,
            i =>
            {
                var counts = design.Draw(icc, effect, ((ulong)i + 1) << 32);
                PositionTest[] tests = [.. Enum.GetValues<PositionEffect>().Select(e => PositionTests.Compute(counts, e, Permutations))];
                var interval = tests[0].Differences[0].Interval;
                bool[] found =
                [
                    .. tests.Select(t => t.P <= PositionTests.Level),
                    RankIntervals.AdjustByHolm([.. tests.Select(t => t.P!.Value)]).Min() <= PositionTests.Level,
                    interval.Lower <= effect && effect <= interval.Upper,
                ];
                for (var k = 0; k < found.Length; k++)
                {
                    if (found[k])
                    {
                        Interlocked.Increment(ref hits[k]);
                    }
                }
            }
        );
        return [.. hits.Select(h => (object)((double)h / Runs))];
    }

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
