using Coos.Evaluator.Consistency;
using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;

namespace Coos.Evaluator.Tests.Consistency;

/// <summary>The order of the map puts similar entries side by side.</summary>
public sealed class AverageLinkageTests
{
    private const int Images = 600;

    [Fact]
    public void Entries_of_one_method_are_neighbours()
    {
        // Entry i belongs to method i % 4.
        var order = AverageLinkage.Order(CreateTable(24, 4));

        Assert.Equal(Enumerable.Range(0, 24), order.Order());
        Assert.Equal(0, order[0]);
        Assert.Equal(3, order.Zip(order.Skip(1)).Count(pair => pair.First % 4 != pair.Second % 4));
    }

    [Fact]
    public void The_order_equals_that_of_the_naive_algorithm()
    {
        var table = CreateTable(15, 15);

        Assert.Equal(OrderNaively(table), AverageLinkage.Order(table));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Few_entries_keep_their_order(int entries) =>
        Assert.Equal(Enumerable.Range(0, entries), AverageLinkage.Order(CreateTable(entries, 1)));

    [Fact]
    public void Identical_entries_keep_their_order()
    {
        var layout = CreateLayout();
        var entry = layout.Encode([new ushort[Images]]);

        Assert.Equal(
            [0, 1, 2, 3, 4],
            AverageLinkage.Order(KappaTable.Compute(layout, [entry, entry, entry, entry, entry], 1, TestContext.Current.CancellationToken))
        );
    }

    [Fact]
    public void The_table_does_not_depend_on_the_number_of_threads()
    {
        var (one, three) = (CreateTable(20, 5), CreateTable(20, 5, threads: 3));

        Assert.Equal(one.List(), three.List());
        Assert.Equal(190, one.List().Count());
        Assert.Equal(one.Get(3, 7), one.Get(7, 3));
    }

    /// <summary>Joins the two clusters with the smallest mean distance until one is left.</summary>
    private static List<int> OrderNaively(KappaTable table)
    {
        var clusters = Enumerable.Range(0, table.Count).Select(i => new List<int> { i }).ToList();
        while (clusters.Count > 1)
        {
            var (first, second) = (
                from i in Enumerable.Range(0, clusters.Count)
                from j in Enumerable.Range(i + 1, clusters.Count - i - 1)
                orderby clusters[i].SelectMany(a => clusters[j].Select(b => 1 - table.Get(a, b)!.Value)).Average()
                select (i, j)
            ).First();
            clusters[first].AddRange(clusters[second]);
            clusters.RemoveAt(second);
        }

        return clusters[0];
    }

    private static KappaTable CreateTable(int entries, int methods, int threads = 1)
    {
        var layout = CreateLayout();
        var mix = new SplitMix(3);
        ushort[][] wrong = [.. Enumerable.Range(0, methods).Select(_ => Draw(0.3, ref mix))];
        EncodedCorrectness[] encoded =
        [
            .. Enumerable
                .Range(0, entries)
                .Select(i =>
                    layout.Encode([
                        [.. wrong[i % methods].Zip(Draw(0.1, ref mix), (a, b) => (ushort)(a ^ b))],
                    ])
                ),
        ];
        return KappaTable.Compute(layout, encoded, threads, TestContext.Current.CancellationToken);
    }

    private static ConsistencyLayout CreateLayout() =>
        new([new SplitPart(Sample.Labels([.. Enumerable.Range(0, Images).Select(i => i % 2)]), null)], 2, null);

    private static ushort[] Draw(double share, ref SplitMix mix)
    {
        var drawn = new ushort[Images];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = mix.NextDouble() < share ? (ushort)1 : (ushort)0;
        }

        return drawn;
    }
}
