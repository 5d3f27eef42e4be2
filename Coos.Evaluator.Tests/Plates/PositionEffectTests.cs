using Coos.Evaluator.Plates;

namespace Coos.Evaluator.Tests.Plates;

public sealed class PositionEffectTests
{
    [Fact]
    public void An_effect_of_the_edge_is_found_and_none_of_rows_and_columns()
    {
        var counts = PlateSample.CreateFull(96, 20, p => (PlateFormat.Find(96)!.IsEdge(p) ? 6 : 2) + ((p.Row + p.Column) % 2));

        var (edge, rows, columns) = Compute(counts);

        // 36 wells at the edge and 60 inner wells; half of each have one error more.
        Assert.Equal(4 / 20.0, edge.Largest!.Difference, 12);
        Assert.True(edge.AdjustedP <= 0.001, $"p {edge.AdjustedP}");
        Assert.InRange(rows.AdjustedP!.Value, 0.05, 1);
        Assert.InRange(columns.AdjustedP!.Value, 0.05, 1);
    }

    [Fact]
    public void A_bad_row_is_found_and_named()
    {
        var counts = PlateSample.CreateFull(96, 20, p => (p.Row == 3 ? 8 : 2) + ((p.Row + p.Column) % 2));

        var (_, rows, columns) = Compute(counts);

        Assert.Equal((PositionEffect.Row, 3), (rows.Effect, rows.Largest!.Index));
        Assert.True(rows.AdjustedP <= 0.01);
        Assert.InRange(rows.Largest.Difference, 0.25, 0.35);
        Assert.InRange(columns.AdjustedP!.Value, 0.05, 1);
    }

    [Fact]
    public void A_class_that_is_only_at_the_edge_does_not_look_like_an_effect()
    {
        // The hard class has all wells at the edge, and the easy class all inner wells.
        var counts = CreateTwoClasses((p, isEdge) => isEdge ? 1 : 0, (k, p) => (k == 1 ? 10 : 1) + ((p.Row + p.Column) % 2));

        var (edge, _, _) = Compute(counts);

        Assert.Equal(UntestedReason.NothingToExchange, edge.Untested);
    }

    [Fact]
    public void Plates_with_other_errors_do_not_look_like_an_effect()
    {
        // A hard plate with inner wells only, and an easy plate with wells at the edge only.
        var format = PlateFormat.Find(96)!;
        var counts = PlateSample.Create(
            1,
            96,
            [
                .. Enumerable
                    .Range(0, 96)
                    .Select(n => WellPosition.FromNumber(n, format, isByColumn: false))
                    .Select(p =>
                        (format.IsEdge(p) ? "easy" : "hard", p.Name, new[] { 20 }, new[] { (format.IsEdge(p) ? 1 : 9) + (p.Column % 2) })
                    ),
            ]
        );

        var (edge, rows, columns) = Compute(counts);

        Assert.Equal(UntestedReason.NothingToExchange, edge.Untested);
        Assert.NotNull(rows.P);
        Assert.NotNull(columns.P);
    }

    [Fact]
    public void Wells_that_hold_several_classes_are_adjusted_for_them()
    {
        // Wells at the edge hold more images of the hard class: the error is higher there, but not that of any class.
        var format = PlateFormat.Find(96)!;
        var counts = PlateSample.Create(
            2,
            96,
            [
                .. Enumerable
                    .Range(0, 96)
                    .Select(n => WellPosition.FromNumber(n, format, isByColumn: false))
                    .Select(p =>
                        format.IsEdge(p)
                            ? ("1", p.Name, new[] { 10, 30 }, new[] { 1, 15 })
                            : ("1", p.Name, new[] { 30, 10 }, new[] { 3, 5 })
                    ),
            ]
        );

        var (edge, _, _) = Compute(counts);

        Assert.Equal(UntestedReason.NoVariation, edge.Untested);
    }

    [Fact]
    public void One_class_alone_can_be_tested()
    {
        // Only class 1 has more errors at the edge.
        var counts = CreateTwoClasses(
            (p, _) => (p.Row + p.Column) % 2,
            (k, p) => (k == 1 && PlateFormat.Find(96)!.IsEdge(p) ? 9 : 2) + (p.Row % 2)
        );

        var (none, _, _) = Compute(counts.Select(0));
        var (one, _, _) = Compute(counts.Select(1));
        var (both, _, _) = Compute(counts);

        Assert.InRange(none.AdjustedP!.Value, 0.05, 1);
        Assert.True(one.AdjustedP <= 0.01);
        Assert.InRange(one.Largest!.Difference, 0.3, 0.4);
        Assert.InRange(both.Largest!.Difference, 0.1, 0.25);
    }

    [Fact]
    public void A_single_well_cannot_be_tested()
    {
        var tests = PositionTests.Compute(PlateSample.Create(1, null, [("1", "A01", [10], [5])]));

        Assert.Equal([PositionEffect.Edge, PositionEffect.Row, PositionEffect.Column], tests.Select(t => t.Effect));
        Assert.All(tests, test => Assert.Equal((UntestedReason.NothingToExchange, null, null), (test.Untested, test.P, test.AdjustedP)));
    }

    [Fact]
    public void Too_few_ways_to_exchange_wells_cannot_be_tested()
    {
        // One well at the edge and 18 inner ones can be exchanged in 19 ways, so no p is below 1/19; with one more well, 1/20.
        Assert.Equal(UntestedReason.TooFewWells, Compute(Wells(18)).Edge.Untested);
        Assert.NotNull(Compute(Wells(19)).Edge.P);

        static WellCounts Wells(int inner) =>
            PlateSample.Create(
                1,
                96,
                [
                    ("1", "A01", [10], [9]),
                    .. Enumerable
                        .Range(0, inner)
                        .Select(i => ("1", $"{(char)('B' + (i / 10))}{2 + (i % 10)}", new[] { 10 }, new[] { i % 3 })),
                ]
            );
    }

    [Fact]
    public void Wells_without_errors_cannot_be_tested() =>
        Assert.All(
            PositionTests.Compute(PlateSample.CreateFull(96, 5, _ => 0)),
            test => Assert.Equal(UntestedReason.NoVariation, test.Untested)
        );

    [Fact]
    public void Names_that_are_no_position_are_not_tested()
    {
        var counts = PlateSample.Create(
            1,
            null,
            [.. Enumerable.Range(0, 30).Select(i => ("1", i < 10 ? $"A{i + 1}" : $"no {i}", new[] { 10 }, new[] { i % 4 }))]
        );

        var (edge, rows, columns) = Compute(counts);

        Assert.Equal((UntestedReason.NothingToExchange, UntestedReason.NothingToExchange), (edge.Untested, rows.Untested));
        Assert.Equal(10, columns.Wells);
    }

    [Fact]
    public void The_same_data_give_the_same_p_and_other_data_another()
    {
        var counts = PlateSample.CreateFull(96, 20, p => (p.Row * 7 % 5) + (p.Column * 3 % 4));
        var other = PlateSample.CreateFull(96, 20, p => (p.Row * 7 % 5) + (p.Column * 3 % 4) + (p.Row == 7 && p.Column == 11 ? 1 : 0));

        Assert.Equal(PositionTests.Compute(counts).Select(t => t.P), PositionTests.Compute(counts).Select(t => t.P));
        Assert.NotEqual(PositionTests.Compute(counts).Select(t => t.P), PositionTests.Compute(other).Select(t => t.P));
    }

    [Fact]
    public void P_is_adjusted_by_Holm_for_the_tested_effects()
    {
        var tests = PositionTests.Compute(PlateSample.CreateFull(96, 20, p => (p.Row == 2 ? 7 : 3) + ((p.Row + (2 * p.Column)) % 3)));
        var sorted = tests.OrderBy(t => t.P).ToList();

        Assert.Equal(3 * sorted[0].P!.Value, sorted[0].AdjustedP!.Value, 12);
        Assert.Equal(Math.Max(sorted[0].AdjustedP!.Value, Math.Min(1, 2 * sorted[1].P!.Value)), sorted[1].AdjustedP!.Value, 12);
        Assert.Equal(Math.Max(sorted[1].AdjustedP!.Value, sorted[2].P!.Value), sorted[2].AdjustedP!.Value, 12);
    }

    private static (PositionTest Edge, PositionTest Rows, PositionTest Columns) Compute(WellCounts counts) =>
        PositionTests.Compute(counts) is [var edge, var rows, var columns] ? (edge, rows, columns) : throw new InvalidOperationException();

    /// <summary>Creates a plate of 96 wells of 20 images, each of one of two classes.</summary>
    private static WellCounts CreateTwoClasses(Func<WellPosition, bool, int> classOf, Func<int, WellPosition, int> errors)
    {
        var format = PlateFormat.Find(96)!;
        return PlateSample.Create(
            2,
            96,
            [
                .. from n in Enumerable.Range(0, 96)
                let p = WellPosition.FromNumber(n, format, isByColumn: false)
                let k = classOf(p, format.IsEdge(p))
                let wrong = errors(k, p)
                select ("1", p.Name, k == 0 ? new[] { 20, 0 } : new[] { 0, 20 }, k == 0 ? new[] { wrong, 0 } : new[] { 0, wrong }),
            ]
        );
    }
}
