using Coos.Shared.Predictions;

namespace Coos.Shared.Tests.Predictions;

/// <summary>Files that NumPy wrote (Data/arrays.py) are read, or refused with a reason.</summary>
public sealed class NumpyFileTests
{
    public static TheoryData<string> Good => [.. Files("good-*")];

    [Theory]
    [MemberData(nameof(Good))]
    public void Reads_what_numpy_writes(string name)
    {
        var predictions = ArraySample.ReadGood(Content(name));

        Assert.Equal([0, 2, 1, 0], predictions.Classes.Select(c => (int)c));
        var hasIds = name is "good-ids.npz" or "good-p.npz" or "good-label-last.npz" or "good-packed.npz" or "good-ids-bytes.npz";
        Assert.Equal(!hasIds, predictions.Warnings.Any(w => w.Code == PredictionWarning.RowOrder));
    }

    [Fact]
    public void Reads_every_width_order_and_kind()
    {
        Assert.Equal(43, Files("good-*").Count());
        Assert.Equal(13, Files("bad-*").Count());
    }

    [Theory]
    [InlineData("good-p-le-f8.npy", 0)]
    [InlineData("good-p-be-f8.npy", 0)]
    [InlineData("good-fortran-le-f8.npy", 0)]
    [InlineData("good-p-le-f4.npy", 1e-7)]
    [InlineData("good-p-be-f4.npy", 1e-7)]
    [InlineData("good-fortran-be-f4.npy", 1e-7)]
    [InlineData("good-p-le-f2.npy", 1e-3)]
    [InlineData("good-fortran-be-f2.npy", 1e-3)]
    [InlineData("good-p.npz", 1e-7)]
    [InlineData("good-label-last.npz", 0)]
    [InlineData("good-logits.npy", 1e-12)]
    [InlineData("good-packed.npz", 1e-12)]
    [InlineData("good-ids-bytes.npz", 2e-3)]
    public void Keeps_probabilities_in_the_order_of_the_split(string name, double tolerance)
    {
        var predictions = ArraySample.ReadGood(Content(name));

        Assert.All(ArraySample.P.Zip(predictions.Probabilities!.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Theory]
    [InlineData("bad-bool.npy", "test2:array: bad-encoding: the array has the dtype bool; convert it with .astype(int)")]
    [InlineData("bad-complex.npy", "test2:array: bad-encoding: the array has complex numbers; save real ones")]
    [InlineData(
        "bad-object.npy",
        "test2:array: bad-encoding: the array has the dtype object, whose elements are Python pickles; they are never loaded, since a "
            + "pickle can run any program. Convert it with .astype(str) or .astype(int) before saving"
    )]
    [InlineData(
        "bad-object.npz",
        "test2:image_id: bad-encoding: the array image_id has the dtype object, whose elements are Python pickles; they are never loaded, "
            + "since a pickle can run any program. Convert it with .astype(str) or .astype(int) before saving"
    )]
    [InlineData(
        "bad-fields.npy",
        "test2:array: bad-encoding: the array has named fields (a structured dtype); save one array per field with numpy.savez"
    )]
    [InlineData("bad-dates.npy", "test2:array: bad-encoding: the array has dates or times; save whole numbers or text")]
    [InlineData("bad-longdouble.npy", "test2:array: bad-encoding: the array has the dtype float128; convert it with .astype(\"float64\")")]
    [InlineData(
        "bad-column.npy",
        "test2:array: wrong-field-count: the array has the shape (4, 1); remove the second axis of labels with .ravel()"
    )]
    [InlineData(
        "bad-scalar.npy",
        "test2:array: wrong-field-count: the array has the shape (); allowed is (n,), or (n, 3) for probabilities or logits"
    )]
    [InlineData(
        "bad-cube.npy",
        "test2:array: wrong-field-count: the array has the shape (4, 3, 2); allowed is (n,), or (n, 3) for probabilities or logits"
    )]
    [InlineData(
        "bad-onehot.npy",
        "test2:array: bad-encoding: the array has the dtype int64; probabilities and logits are float16, float32 or float64. "
            + "Save labels as an array of the shape (n,), such as a.argmax(axis=1)"
    )]
    [InlineData(
        "bad-empty.npy",
        "test2: empty-file: the file has 0 rows and no image ids, but test2 has 4 images; without the array image_id every image "
            + "needs one row, in the order of the ids"
    )]
    [InlineData(
        "bad-unnamed.npz",
        "test2:arr_0: unknown-column: array 1 is named \"arr_0\"; numpy.savez names arrays so that are not given a name; name it, as in "
            + "numpy.savez(file, image_id=ids, label=labels); allowed arrays: image_id, label, probabilities, logits"
    )]
    public void Says_what_is_wrong(string name, string expected) => Assert.Equal(expected, ArraySample.Problems(Content(name))[0]);

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "arrays");

    private static byte[] Content(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
