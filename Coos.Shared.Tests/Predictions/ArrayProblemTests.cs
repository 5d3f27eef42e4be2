using System.IO.Compression;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;
using Coos.Shared.Predictions.Arrays;

namespace Coos.Shared.Tests.Predictions;

/// <summary>Problems of arrays name the array, the row and the column.</summary>
public sealed class ArrayProblemTests
{
    private static readonly byte[] Ids = ArraySample.Labels(0, 1, 2, 3);

    [Fact]
    public void Reports_each_number_that_is_not_a_probability()
    {
        var problems = ArraySample.Problems(
            Npz(("probabilities", ArraySample.Scores(0.7, 0.2, 0.1, double.NaN, 0.3, 0.7, 0, double.PositiveInfinity, 0, 0.4, 0.3, -0.3)))
        );

        Assert.Equal(
            [
                "test2:2:probabilities[:, 0]: bad-probability: \"nan\" is not a probability, it is a missing value; "
                    + "write a number from 0 to 1",
                "test2:3:probabilities[:, 1]: bad-probability: \"inf\" is not a probability, it is infinite; write a number from 0 to 1",
                "test2:4:probabilities[:, 2]: bad-probability: \"-0.3\" is not a probability; write a number from 0 "
                    + "to 1. If these are logits, "
                    + "name the array logits, or apply a softmax",
            ],
            problems
        );
    }

    [Fact]
    public void Recognises_percentages_and_reports_sums()
    {
        var problems = ArraySample.Problems(
            Npz(("probabilities", ArraySample.Scores(70, 20, 10, 0.1, 0.3, 0.7, 0.2, 0.5, 0.3, 0.4, 0.3, 0.3)))
        );

        Assert.Equal(
            "test2:1:probabilities[:, 0]: bad-probability: \"70.0\" is not a probability; the row sums to 100, "
                + "as percentages do: divide by 100",
            problems[0]
        );
        Assert.Contains("test2:2: probability-sum: the probabilities sum to 1.1; they must sum to 1 within 0.003906", problems);
    }

    [Fact]
    public void Reports_logits_that_are_not_finite()
    {
        var problems = ArraySample.Problems(
            Npz(("logits", ArraySample.Scores(7, -2, 1, double.NegativeInfinity, 3, 7, 0, 1e300, 0, 4, 3, 3)))
        );

        Assert.Equal(["test2:2:logits[:, 0]: bad-probability: \"-inf\" is not a logit, it is infinite; write a finite number"], problems);
    }

    [Fact]
    public void Reports_ids_as_in_text()
    {
        var problems = ArraySample.Problems(
            Zip(("image_id", ArraySample.Texts("0", "01", "1", "3", "3")), ("label", ArraySample.Labels(0, 1, 2, 0, 1)))
        );

        Assert.Equal(
            [
                "test2:2:image_id: unknown-image: image \"01\" is not in test2, but \"1\" is: it has too many leading zeros",
                "test2:5:image_id: duplicate-image: image \"3\" already has a row, row 4; keep one of the two",
                "test2:image_id: missing-image: image \"2\" has no row; every image of test2 (4) needs one",
            ],
            problems
        );
    }

    [Fact]
    public void Recognises_ids_and_labels_that_are_counted_from_one()
    {
        Assert.Equal(
            "test2:image_id: unknown-image: the ids run from 1 to 4 where test2 has 0 to 3: each is one too high; subtract 1 from every id",
            Assert.Single(
                ArraySample.Problems(Zip(("image_id", ArraySample.Labels(1, 2, 3, 4)), ("label", ArraySample.Labels(0, 1, 2, 0))))
            )
        );
        Assert.StartsWith(
            "test2:array: unknown-class: are the classes counted from 1? 1 row has 3 and none has 0",
            Assert.Single(ArraySample.Problems(ArraySample.Labels(1, 2, 3, 1))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Recognises_the_file_of_another_split()
    {
        Assert.StartsWith(
            "test2: wrong-split: the file predicts the 2 images of test1, not those of test2; send it as test1",
            ArraySample.Problems(Zip(("image_id", ArraySample.Labels(1, 0)), ("label", ArraySample.Labels(0, 1))))[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "test2: wrong-split: the file has 2 rows and no image ids, but test2 has 4 images; test1 has 2: send it as that split",
            Assert.Single(ArraySample.Problems(ArraySample.Labels(0, 1))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(3, "missing-image: the file has 3 rows and no image ids, but test2 has 4 images")]
    [InlineData(5, "unknown-image: the file has 5 rows and no image ids, but test2 has 4 images")]
    public void Rejects_another_number_of_rows_without_ids(int rows, string expected) =>
        Assert.Contains(expected, Assert.Single(ArraySample.Problems(ArraySample.Labels(new int[rows]))), StringComparison.Ordinal);

    [Fact]
    public void Rejects_far_too_many_rows_before_it_reads_them()
    {
        var problems = ArraySample.Problems(
            Zip(("image_id", ArraySample.Npy("<i8", "(100000000000,)", [])), ("label", ArraySample.Npy("<i8", "(100000000000,)", [])))
        );

        Assert.Equal(["test2: too-large: the file has 100,000,000,000 rows, but test2 has 4 images; nothing was read"], problems);
    }

    [Fact]
    public void Reports_labels_that_are_not_classes()
    {
        Assert.Equal(
            [
                "test2:2:array: unknown-class: \"-1\" is not a class; a label is 0 to 2, or a class name such as "
                    + "ER, without spaces around it",
                "test2:4:array: unknown-class: \"70000\" is not a class; a label is 0 to 2, or a class name such as "
                    + "ER, without spaces around it",
            ],
            ArraySample.Problems(ArraySample.Labels(0, -1, 2, 70000))
        );
        Assert.StartsWith(
            "test2:3:array: unknown-class: \"golgi \" is not a class; write golgi;",
            Assert.Single(ArraySample.Problems(ArraySample.Texts("0", "golgi", "golgi ", "ER"))),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "test2:2:array: unknown-class: \"0.5\" is not a class; a label is 0 to 2",
            ArraySample.Problems(ArraySample.Npy("<f8", "(4,)", [.. new[] { 0, 0.5, 1, 2 }.SelectMany(BitConverter.GetBytes)]))[0],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("has a header that is not valid", "{'descr': '<i4', 'fortran_order': False, 'shape': (4, }")]
    [InlineData("has a header that is not valid", "{'descr': '<i4', 'fortran_order': False, 'shape': (-4,)}")]
    [InlineData("has a header that is not valid", "{'descr': '<i4', 'fortran_order': 0, 'shape': (4,)}")]
    [InlineData("has a header that is not valid", "{'descr': '<i4', 'shape': (4,)}")]
    [InlineData("has a header that is not valid", "__import__('os').system('true')")]
    [InlineData("has a header that is not valid", "")]
    [InlineData("has the dtype \"<q9\", which is not read", "{'descr': '<q9', 'fortran_order': False, 'shape': (4,)}")]
    [InlineData("has the dtype void", "{'descr': '|V8', 'fortran_order': False, 'shape': (4,)}")]
    [InlineData("has texts of 4,000,000 characters", "{'descr': '<U4000000', 'fortran_order': False, 'shape': (4,)}")]
    [InlineData("has the dtype float128", "{'descr': '<f16', 'fortran_order': False, 'shape': (4,)}")]
    public void Rejects_headers_that_are_not_read(string expected, string header) =>
        Assert.StartsWith(
            $"test2:array: bad-encoding: the array {expected}",
            Assert.Single(ArraySample.Problems(ArraySample.NpyHeader(header))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Rejects_an_array_that_is_cut_short_or_goes_on()
    {
        var whole = ArraySample.Labels(0, 1, 2, 0);

        Assert.Equal(
            "test2: bad-encoding: the file cannot be read: 13 of its 16 bytes are there: the file was cut short; save it again",
            Assert.Single(ArraySample.Problems(whole[..^3]))
        );
        Assert.Equal(
            "test2: bad-encoding: the file cannot be read: the file has data after its end; save it again",
            Assert.Single(ArraySample.Problems([.. whole, 0]))
        );
        Assert.All(
            Enumerable.Range(6, whole.Length - 6),
            length => Assert.Contains("bad-encoding", Assert.Single(ArraySample.Problems(whole[..length])), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Rejects_damaged_archives_with_one_problem()
    {
        var whole = Npz(("probabilities", ArraySample.Scores(ArraySample.P)));

        for (var i = 0; i < whole.Length; i += 3)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 0x55;
            var (predictions, problems) = ArraySample.Read(damaged);
            Assert.True(predictions is null || problems.Count == 0, $"byte {i}");
            Assert.All(ArraySample.Problems(whole[..i]), p => Assert.NotEqual("", p));
        }
    }

    [Fact]
    public void Rejects_shapes_that_do_not_fit()
    {
        Assert.Equal(
            "test2:label: wrong-field-count: the array label has 3 rows, but image_id has 4; each needs one row per image",
            Assert.Single(ArraySample.Problems(Npz(("label", ArraySample.Labels(0, 1, 2)))))
        );
        Assert.Equal(
            "test2:probabilities: wrong-field-count: the array has the shape (3, 4); allowed is (n, 3), a column per class",
            Assert.Single(ArraySample.Problems(Npz(("probabilities", ArraySample.Npy("<f8", "(3, 4)", new byte[96])))))
        );
        Assert.Equal(
            "test2:image_id: bad-encoding: the array image_id has the dtype float64; ids are whole numbers or "
                + "texts: convert it with .astype(int)",
            Assert.Single(
                ArraySample.Problems(
                    Zip(("image_id", ArraySample.Npy("<f8", "(4,)", new byte[32])), ("label", ArraySample.Labels(0, 1, 2, 0)))
                )
            )
        );
    }

    [Fact]
    public void Rejects_unknown_arrays_by_name()
    {
        Assert.Equal(
            [
                "test2:labels: unknown-column: array 2 is named \"labels\"; rename it to label; "
                    + "allowed arrays: image_id, label, probabilities, logits",
                "test2:weights: unknown-column: array 3 is named \"weights\"; remove it; "
                    + "allowed arrays: image_id, label, probabilities, logits",
            ],
            ArraySample.Problems(Npz(("labels", ArraySample.Labels(0, 1, 2, 0)), ("weights", [])))
        );
        Assert.StartsWith(
            "test2:softmax: unknown-column: array 2 is named \"softmax\"; rename it to probabilities;",
            Assert.Single(ArraySample.Problems(Npz(("softmax", ArraySample.Scores(ArraySample.P))))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rejects_an_archive_without_predictions_or_with_two_kinds_of_scores()
    {
        var scores = ArraySample.Scores(ArraySample.P);

        Assert.StartsWith(
            "test2:label: missing-column: the file has no array label;",
            Assert.Single(ArraySample.Problems(Zip(("image_id", Ids)))),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "test2: duplicate-column: the file has the arrays probabilities and logits; keep one of the two",
            Assert.Single(ArraySample.Problems(Npz(("probabilities", scores), ("logits", scores))))
        );
        Assert.Equal(
            "test2:label: duplicate-column: two arrays are named label; keep one",
            ArraySample.Problems(Npz(("label", ArraySample.Labels(0, 1, 2, 0)), ("label", ArraySample.Labels(0, 1, 2, 0))))[0]
        );
    }

    [Fact]
    public void Stops_at_the_number_of_bytes_that_is_allowed()
    {
        var target = ArraySample.Target() with { MaximumBytes = 60 };
        var scores = Npz(("probabilities", ArraySample.Scores(ArraySample.P)));

        Assert.Equal(
            ["test2: too-large: the file holds more than the 60 bytes allowed; the rest was not read"],
            ArraySample.Problems(ArraySample.Scores(ArraySample.P), target)
        );
        Assert.Throws<UnpackLimitException>(() =>
            PredictionReader.Read(new MemoryStream(scores), ArraySample.Target(), new ProblemList(), new UnpackBudget(200))
        );
    }

    [Fact]
    public void A_bomb_in_an_archive_is_not_unpacked()
    {
        var bomb = Zip(
            CompressionLevel.SmallestSize,
            ("image_id", ArraySample.Npy("<U1000", "(50000,)", new byte[50_000_000])),
            ("label", ArraySample.Labels(0, 1, 2, 3))
        );
        var problems = new ProblemList();

        Assert.Null(PredictionReader.Read(new MemoryStream(bomb), ArraySample.Target(), problems, new UnpackBudget(1_000_000)));
        Assert.Equal(
            "test2:label: wrong-field-count: the array label has 4 rows, but image_id has 50,000; each needs one row per image",
            Assert.Single(problems.Items).ToString()
        );
    }

    [Fact]
    public void Labels_of_our_own_are_read_as_numpy_reads_them()
    {
        using var content = new MemoryStream();
        NpyLabels.Write([0, 2, 1, 0], content);

        Assert.Equal(128, content.Length - 16);
        Assert.Equal([0, 2, 1, 0], ArraySample.ReadGood(content.ToArray()).Classes.Select(c => (int)c));
    }

    private static byte[] Npz(params (string Name, byte[] Content)[] arrays) => Zip([("image_id", Ids), .. arrays]);

    private static byte[] Zip(params (string Name, byte[] Content)[] arrays) => Zip(CompressionLevel.Fastest, arrays);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] arrays) =>
        ArraySample.Zip(level, [.. arrays.Select(a => (a.Name + ".npy", a.Content))]);
}
