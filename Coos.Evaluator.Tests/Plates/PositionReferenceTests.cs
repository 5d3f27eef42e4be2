using System.Text.Json;
using Coos.Evaluator.Plates;

namespace Coos.Evaluator.Tests.Plates;

/// <summary>Compares with References/plates.json, which References/plates.py computed with NumPy and SciPy.</summary>
public sealed class PositionReferenceTests
{
    private const double Tolerance = 1e-9;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "plates.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    public static TheoryData<int, PositionEffect> Cases() =>
        [
            .. from index in Enumerable.Range(0, References.Value.GetProperty("cases").GetArrayLength())
            from effect in Enum.GetValues<PositionEffect>()
            select (index, effect),
        ];

    [Fact]
    public void The_reference_file_has_its_command_and_versions() =>
        Assert.All(
            ["command", "python", "numpy", "scipy"],
            name => Assert.NotEmpty(References.Value.GetProperty("made").GetProperty(name).GetString()!)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Statistics_and_differences_equal_NumPy(int index, PositionEffect effect)
    {
        var (counts, expected) = Read(index, effect);

        var test = PositionTests.Compute(counts, effect, 99);

        Assert.Equal(expected.GetProperty("wells").GetInt32(), test.Wells);
        if (test.Untested == UntestedReason.TooFewWells)
        {
            Assert.InRange(expected.GetProperty("ways").GetInt64(), 1, 19);
            return;
        }

        Assert.Equal(expected.GetProperty("statistic").GetDouble(), test.Statistic!.Value, Tolerance);
        Assert.All(
            expected.GetProperty("differences").EnumerateArray().Zip(test.Differences),
            pair =>
            {
                var (reference, found) = pair;
                var half = reference.GetProperty("half").GetDouble();
                var difference = reference.GetProperty("difference").GetDouble();
                Assert.Equal(reference.GetProperty("index").GetInt32(), found.Index);
                Assert.Equal(difference, found.Difference, Tolerance);
                Assert.Equal(reference.GetProperty("z").GetDouble(), found.Z, Tolerance);
                Assert.Equal(Math.Max(-1, difference - half), found.Interval.Lower, 1e-8);
                Assert.Equal(Math.Min(1, difference + half), found.Interval.Upper, 1e-8);
            }
        );
        Assert.Equal(expected.GetProperty("differences").GetArrayLength(), test.Differences.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void P_of_small_designs_agrees_with_the_exact_one(int index, PositionEffect effect)
    {
        const int Permutations = 20_000;
        var (counts, expected) = Read(index, effect);
        if (expected.GetProperty("exact") is not { ValueKind: JsonValueKind.Number } known)
        {
            Assert.True(expected.GetProperty("wells").GetInt32() > 9);
            return;
        }

        if (PositionTests.Compute(counts, effect, 1).P is null)
        {
            // Six ways to exchange the wells cannot give a significant p, so this effect is not tested.
            Assert.InRange(expected.GetProperty("ways").GetInt64(), 1, 19);
            return;
        }

        var (exact, p) = (known.GetDouble(), PositionTests.Compute(counts, effect, Permutations).P!.Value);

        Assert.InRange(
            p - exact,
            -4.5 * Math.Sqrt(exact * (1 - exact) / Permutations),
            (4.5 * Math.Sqrt(exact * (1 - exact) / Permutations)) + 1e-4
        );
    }

    private static (WellCounts Counts, JsonElement Expected) Read(int index, PositionEffect effect)
    {
        var row = References.Value.GetProperty("cases")[index];
        var counts = PlateSample.Create(
            row.GetProperty("classes").GetInt32(),
            row.GetProperty("plateWells").GetInt32(),
            [
                .. row.GetProperty("wells")
                    .EnumerateArray()
                    .Select(w =>
                        (
                            w.GetProperty("plate").GetString()!,
                            w.GetProperty("name").GetString()!,
                            w.GetProperty("images").Deserialize<int[]>()!,
                            w.GetProperty("errors").Deserialize<int[]>()!
                        )
                    ),
            ]
        );
        return (counts, row.GetProperty("tests").EnumerateArray().Single(t => t.GetProperty("effect").GetString() == Name(effect)));
    }

    private static string Name(PositionEffect effect) =>
        effect == PositionEffect.Edge ? "edge"
        : effect == PositionEffect.Row ? "row"
        : "column";
}
