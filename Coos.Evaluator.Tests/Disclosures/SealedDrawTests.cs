using Coos.Evaluator.Disclosures;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Disclosures;

/// <summary>The sealed part is drawn by a secret key, of whole clusters, in the same share of each class.</summary>
public sealed class SealedDrawTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(0.5, 50, 20)]
    [InlineData(0.25, 25, 10)]
    [InlineData(0.99, 99, 39)]
    public void The_share_of_the_images_of_each_class_is_sealed(double share, int ofFirst, int ofSecond)
    {
        var labels = ByImage([.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 40)]);

        var parts = Divide(labels, share);

        Assert.Equal((ofFirst, ofSecond), (CountOf(parts.Sealed!, 0), CountOf(parts.Sealed!, 1)));
        Assert.Equal((100 - ofFirst, 40 - ofSecond), (CountOf(parts.Public, 0), CountOf(parts.Public, 1)));
        Assert.Equal(Enumerable.Range(0, 140), parts.Public.Positions!.Concat(parts.Sealed!.Positions!).Order());
    }

    [Fact]
    public void The_draw_depends_on_the_key_the_benchmark_and_the_split_only()
    {
        var rows = Enumerable.Range(0, 60).Select(i => ($"image-{i}", i % 3)).ToArray();
        var labels = Create(rows);
        var drawn = SealedIds(SealedPart.Divide(labels, "cells", "test1", null, 0.5, Key));

        Assert.Equal(drawn, SealedIds(SealedPart.Divide(Create([.. rows.Reverse()]), "cells", "test1", null, 0.5, Key)));
        Assert.NotEqual(drawn, SealedIds(SealedPart.Divide(labels, "cells", "test1", null, 0.5, OtherKey)));
        Assert.NotEqual(drawn, SealedIds(SealedPart.Divide(labels, "other", "test1", null, 0.5, Key)));
        Assert.NotEqual(drawn, SealedIds(SealedPart.Divide(labels, "cells", "test2", null, 0.5, Key)));
    }

    [Fact]
    public void A_larger_share_unseals_no_image()
    {
        var labels = ByImage([.. Enumerable.Range(0, 90).Select(i => i % 3)]);

        var (small, large) = (Divide(labels, 0.3).Sealed!.Positions!, Divide(labels, 0.6).Sealed!.Positions!);

        Assert.Equal((27, 54), (small.Count, large.Count));
        Assert.Empty(small.Except(large));
    }

    /// <summary>With a draw that starts anew, a correction would show labels that were sealed, and seal labels that were shown.</summary>
    [Fact]
    public void A_corrected_label_moves_at_most_one_other_image_per_class()
    {
        int[] classes = [.. Enumerable.Range(0, 200).Select(i => i % 4)];
        var before = Divide(ByImage(classes), 0.5).Sealed!.Positions!.ToHashSet();
        for (var image = 0; image < classes.Length; image++)
        {
            int[] corrected = [.. classes];
            corrected[image] = (corrected[image] + 1) % 4;
            var after = Divide(ByImage(corrected), 0.5).Sealed!.Positions!.ToHashSet();

            Assert.InRange(Enumerable.Range(0, 200).Count(i => i != image && before.Contains(i) != after.Contains(i)), 0, 2);
        }
    }

    [Fact]
    public void Wells_are_sealed_as_a_whole_and_wells_of_different_plates_are_different()
    {
        // Ten wells with four images of each of two classes. Wells of two plates have the same names.
        var rows = Enumerable.Range(0, 80).Select(i => ($"i{i}", i / 40, $"p{i / 20 % 2}", $"w{i / 4 % 5}")).ToArray();
        var labels = CreateWithWells(rows);

        var parts = SealedPart.Divide(labels, "cells", "test1", "well", 0.5, Key);

        Assert.Equal((20, 20), (CountOf(parts.Sealed!, 0), CountOf(parts.Sealed!, 1)));
        Assert.Empty(WellsOf(parts.Sealed!).Intersect(WellsOf(parts.Public)));
        Assert.Equal((5, 5), (WellsOf(parts.Sealed!).Count, WellsOf(parts.Public).Count));
    }

    [Fact]
    public void Plates_with_all_classes_are_sealed_as_a_whole()
    {
        var rows = Enumerable.Range(0, 120).Select(i => ($"i{i}", i % 3, $"p{i / 20}", "w")).ToArray();

        var parts = SealedPart.Divide(CreateWithWells(rows), "cells", "test1", "plate", 0.5, Key);

        Assert.Equal(3, parts.Sealed!.Labels.Plates!.Distinct().Count());
        Assert.Equal(3, parts.Public.Labels.Plates!.Distinct().Count());
        Assert.Empty(parts.Sealed.Labels.Plates!.Intersect(parts.Public.Labels.Plates!));
    }

    [Fact]
    public void Plates_with_different_sets_of_classes_are_drawn_together()
    {
        // Plate p holds the classes p and p + 1 of six, so no two plates hold the same classes.
        var rows = Enumerable.Range(0, 60).Select(i => ($"i{i}", ((i / 10) + (i % 2)) % 6, $"p{i / 10}", "w")).ToArray();

        var parts = SealedPart.Divide(CreateWithWells(rows), "cells", "test1", "plate", 0.5, Key);

        Assert.InRange(parts.Sealed!.Labels.Plates!.Distinct().Count(), 1, 3);
        Assert.Equal(6, parts.Public.Labels.Classes.Distinct().Count());
    }

    [Fact]
    public void A_class_with_one_cluster_stays_public()
    {
        var rows = Enumerable.Range(0, 50).Select(i => ($"i{i}", i < 40 ? 0 : 1, "p", i < 40 ? $"w{i / 4}" : "only")).ToArray();

        var parts = SealedPart.Divide(CreateWithWells(rows), "cells", "test1", "well", 0.9, Key);

        Assert.Equal((10, 0), (CountOf(parts.Public, 1), CountOf(parts.Sealed!, 1)));
        Assert.Equal((4, 36), (CountOf(parts.Public, 0), CountOf(parts.Sealed!, 0)));
    }

    [Fact]
    public void Nothing_is_sealed_of_one_cluster_of_one_image_per_class_or_of_a_share_of_0()
    {
        var oneWell = CreateWithWells([.. Enumerable.Range(0, 20).Select(i => ($"i{i}", i % 2, "p", "w"))]);
        var oneImage = ByImage([0, 1, 2]);
        var many = ByImage([.. Enumerable.Range(0, 30).Select(i => i % 3)]);

        Assert.Null(SealedPart.Divide(oneWell, "cells", "test1", "well", 0.5, Key).Sealed);
        Assert.Null(Divide(oneImage, 0.5).Sealed);
        Assert.Equal(SplitParts.Undivided(many), Divide(many, 0));
        Assert.Equal(many.Hash, Divide(many, 0).Hash);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_outside_of_0_to_1_is_rejected(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Divide(ByImage([0, 1]), share));

    [Fact]
    public void Predictions_of_a_part_are_those_of_its_images()
    {
        var labels = ByImage([.. Enumerable.Range(0, 40).Select(i => i % 2)]);
        var part = Divide(labels, 0.5).Sealed!;
        var all = new Coos.Shared.Predictions.PredictionSet
        {
            Split = "test1",
            Classes = labels.Classes,
            Probabilities = new ClassProbabilities([.. Enumerable.Range(0, 80).Select(i => i / 100.0)], 2),
            Hash = "sha256:all",
        };

        var own = part.Select(all);

        Assert.Equal(part.Labels.Classes, own.Classes);
        Assert.Equal(part.Positions!.SelectMany(i => new[] { 2 * i / 100.0, ((2 * i) + 1) / 100.0 }), own.Probabilities!.ToArray());
        Assert.Equal("sha256:all", own.Hash);
    }

    /// <summary>Rescoring compares this text, so it must change with the division and not only with the labels.</summary>
    [Fact]
    public void The_hash_of_the_parts_changes_with_the_key_the_share_and_each_label()
    {
        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
        var labels = ByImage(classes);
        var parts = Divide(labels, 0.5);
        int[] corrected = [.. classes];
        corrected[parts.Sealed!.Positions![0]] ^= 1;

        string[] hashes =
        [
            labels.Hash,
            parts.Hash,
            Divide(labels, 0.4).Hash,
            SealedPart.Divide(labels, "cells", "test1", null, 0.5, OtherKey).Hash,
            Divide(ByImage(corrected), 0.5).Hash,
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    private static SplitParts Divide(SplitLabels labels, double share) => SealedPart.Divide(labels, "cells", "test1", null, share, Key);

    private static SplitLabels ByImage(int[] classes) => Create([.. classes.Select((k, i) => ($"{i}", k))]);

    private static SplitLabels Create((string Id, int Label)[] rows)
    {
        var labels = new LabelRows();
        Assert.All(rows, r => Assert.True(labels.TryAdd(r.Id, r.Label)));
        return labels.ToLabels();
    }

    private static SplitLabels CreateWithWells((string Id, int Label, string Plate, string Well)[] rows)
    {
        var labels = new LabelRows("plate", "well");
        Assert.All(rows, r => Assert.True(labels.TryAdd(r.Id, r.Label, r.Plate, r.Well)));
        return labels.ToLabels();
    }

    private static int CountOf(SplitPart part, int label) => part.Labels.Classes.Count(k => k == label);

    private static HashSet<string> WellsOf(SplitPart part) => [.. part.Labels.Plates!.Zip(part.Labels.Wells!, (p, w) => $"{p} {w}")];

    private static string[] SealedIds(SplitParts parts) =>
        [.. Enumerable.Range(0, parts.Sealed!.Labels.Images.Count).Select(parts.Sealed.Labels.Images.Id)];
}
