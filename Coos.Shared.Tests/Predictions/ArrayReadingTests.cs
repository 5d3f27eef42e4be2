using Coos.Shared.Predictions;

namespace Coos.Shared.Tests.Predictions;

/// <summary>What arrays mean, and how an answer says how they were read.</summary>
public sealed class ArrayReadingTests
{
    [Fact]
    public void The_order_of_the_split_is_that_of_the_ids()
    {
        var target = new PredictionTarget("test2", ArraySample.Images("b", "a10", "10", "9"), ArraySample.Benchmark.ClassNames);

        var predictions = ArraySample.ReadGood(ArraySample.Labels(0, 1, 2, 0), target);

        Assert.Equal(["9", "b", "10", "a10"], Enumerable.Range(0, 4).Select(target.Images.Id));
        Assert.Equal([0, 1, 2, 0], predictions.Classes.Select(c => (int)c));
        Assert.Equal(
            "test2: warning: row-order: the file has no image ids, so its rows were taken in the order of the "
                + "split: by the length of the id, "
                + "then by its bytes, from \"9\" to \"a10\"; add the array image_id with numpy.savez to be sure",
            Assert.Single(predictions.Warnings).ToString()
        );
    }

    [Fact]
    public void The_sums_of_the_rows_decide_between_probabilities_and_logits()
    {
        var probabilities = ArraySample.ReadGood(ArraySample.Scores(ArraySample.P));
        var logits = ArraySample.ReadGood(ArraySample.Scores([.. ArraySample.P.Select(p => Math.Log(p) + 1)]));

        Assert.Equal(ArraySample.P, probabilities.Probabilities!.ToArray());
        Assert.All(ArraySample.P.Zip(logits.Probabilities!.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Contains(
            "4 of 4 rows have numbers from 0 to 1 that sum to 1, so most of them are distributions: it was read as probabilities",
            Assert.Single(probabilities.Warnings, w => w.Code == PredictionWarning.ScoresBySums).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "0 of 4 rows have numbers from 0 to 1 that sum to 1, the rest do not: it was read as logits",
            Assert.Single(logits.Warnings, w => w.Code == PredictionWarning.ScoresBySums).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_bad_row_of_probabilities_does_not_make_them_logits() =>
        Assert.Equal(
            ["test2:2:array[:, 0]: bad-probability: \"nan\" is not a probability, it is a missing value; write a number from 0 to 1"],
            ArraySample.Problems(ArraySample.Scores([.. ArraySample.P.Select((p, i) => i == 3 ? double.NaN : p)]))
        );

    [Fact]
    public void The_largest_score_is_the_class_and_the_lowest_index_on_a_tie()
    {
        var predictions = ArraySample.ReadGood(
            ArraySample.Zip(("probabilities.npy", ArraySample.Scores(0.4, 0.2, 0.4, 0.2, 0.4, 0.4, 0, 0, 1, 0.4, 0.4, 0.2)))
        );

        Assert.Equal([0, 1, 2, 0], predictions.Classes.Select(c => (int)c));
    }

    [Fact]
    public void Labels_count_and_are_compared_with_the_scores()
    {
        var predictions = ArraySample.ReadGood(
            ArraySample.Zip(
                ("image_id.npy", ArraySample.Labels(3, 2, 1, 0)),
                ("label.npy", ArraySample.Labels(2, 1, 0, 1)),
                ("probabilities.npy", ArraySample.Scores(ArraySample.P))
            )
        );

        Assert.Equal([1, 0, 1, 2], predictions.Classes.Select(c => (int)c));
        Assert.Equal([0.4, 0.3, 0.3], predictions.Probabilities!.ToArray()[..3]);
        Assert.Equal(
            [
                "test2: warning: labels-contradict-probabilities: on 4 of 4 rows, another class than the label has the largest value of "
                    + "probabilities[:, 0] to probabilities[:, 2]; are the columns in another order than the classes?",
            ],
            predictions.Warnings.Select(w => w.ToString())
        );
    }

    [Fact]
    public void Rows_are_divided_by_their_sum_as_in_text()
    {
        var text = "image_id,p0,p1,p2\n0,0.501,0.3,0.2002\n1,0.1,0.3,0.6\n2,0.2,0.5,0.3\n3,0.4,0.3,0.3\n"u8.ToArray();
        var array = ArraySample.Zip(
            ("image_id.npy", ArraySample.Labels(0, 1, 2, 3)),
            ("probabilities.npy", ArraySample.Scores(0.501, 0.3, 0.2002, 0.1, 0.3, 0.6, 0.2, 0.5, 0.3, 0.4, 0.3, 0.3))
        );

        Assert.Equal(ArraySample.ReadGood(text).Hash, ArraySample.ReadGood(array).Hash);
    }

    [Fact]
    public void Minus_zero_is_zero_and_noise_is_cut_off()
    {
        double[] clean = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0];
        double[] noisy = [1, -0.0, 0, 0, 1 + 1e-7, -1e-7, 0, 0, 1, 1, 0, 0];
        var ids = ("image_id.npy", ArraySample.Labels(0, 1, 2, 3));

        Assert.Equal(
            ArraySample.ReadGood(ArraySample.Zip(ids, ("probabilities.npy", ArraySample.Scores(clean)))).Hash,
            ArraySample.ReadGood(ArraySample.Zip(ids, ("probabilities.npy", ArraySample.Scores(noisy)))).Hash
        );
    }

    [Fact]
    public void Many_classes_and_images_are_read_in_chunks()
    {
        const int Images = 3000;
        const int Classes = 37;
        var classes = Enumerable.Range(0, Classes).Select(k => new Benchmarks.ClassLabel(k, $"class {k}", $"c{k}")).ToArray();
        var ids = Enumerable.Range(0, Images).Select(i => $"cell-{i}").ToArray();
        var target = new PredictionTarget("test2", ArraySample.Images(ids), new Benchmarks.ClassNames(classes));
        var logits = new float[Images * Classes];
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = (i * 7919L % 104729) / 1000f;
        }

        var order = Enumerable.Range(0, Images).Select(i => i * 1009 % Images).ToArray();
        var file = ArraySample.Zip(
            (
                "logits.npy",
                ArraySample.Npy(
                    "<f4",
                    $"({Images}, {Classes})",
                    [.. order.SelectMany(i => logits[(i * Classes)..((i + 1) * Classes)]).SelectMany(BitConverter.GetBytes)]
                )
            ),
            ("image_id.npy", ArraySample.Texts([.. order.Select(i => ids[i])]))
        );
        var columns = ArraySample.Zip(
            (
                "logits.npy",
                ArraySample.Npy(
                    "<f4",
                    $"({Images}, {Classes})",
                    [
                        .. Enumerable
                            .Range(0, Classes)
                            .SelectMany(k => order.Select(i => logits[(i * Classes) + k]))
                            .SelectMany(BitConverter.GetBytes),
                    ],
                    "True"
                )
            ),
            ("image_id.npy", ArraySample.Texts([.. order.Select(i => ids[i])]))
        );

        var predictions = ArraySample.ReadGood(file, target);

        for (var i = 0; i < Images; i++)
        {
            var position = target.Images.Find(System.Text.Encoding.UTF8.GetBytes(ids[i]));
            var row = logits.AsSpan(i * Classes, Classes);
            var best = 0;
            for (var k = 1; k < Classes; k++)
            {
                best = row[k] > row[best] ? k : best;
            }

            Assert.Equal(best, predictions.Classes[position]);
        }

        Assert.Equal(predictions.Hash, ArraySample.ReadGood(columns, target).Hash);
    }
}
