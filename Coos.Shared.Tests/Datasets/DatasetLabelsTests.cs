using Coos.Shared.Datasets;
using Coos.Shared.Labels;
using static Coos.Shared.Tests.Datasets.DatasetBuilder;

namespace Coos.Shared.Tests.Datasets;

public sealed class DatasetLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Plates_and_wells_become_columns_if_present() =>
        Assert.Equal(
            "image_id,label,plate,well\n0,2,7,B02\n1,0,7,B03\n",
            Text(null, ("plates", new long[] { 7, 7 }), ("wells", new[] { "B02", "B03" }))
        );

    [Fact]
    public void A_named_vector_becomes_the_wells() =>
        Assert.Equal(
            "image_id,label,plate,well\n0,2,7,11\n1,0,7,12\n",
            Text("batch", ("plate", new short[] { 7, 7 }), ("batch", new[] { 11.0, 12.0 }))
        );

    [Fact]
    public void Without_plates_and_wells_the_file_has_two_columns() => Assert.Equal("image_id,label\n0,2\n1,0\n", Text(null));

    [Fact]
    public void A_dataset_without_labels_is_rejected()
    {
        using var set = ImageSet.Open(WriteHdf5(_folder["x.hdf5"], Images<ushort>(2), null));

        var fault = Assert.Throws<DatasetException>(() => DatasetLabels.Read(set));
        Assert.Equal($"{set.Source}: dataset labels: there are no labels", fault.Message);
    }

    [Theory]
    [InlineData("P\n4", "P\\n4")]
    [InlineData("P\r\n4", "P\\n4")]
    [InlineData("P\u20284", "P\\n4")]
    public void A_field_that_would_span_lines_is_named(string plate, string shown)
    {
        using var set = ImageSet.Open(WriteHdf5(_folder["x.hdf5"], Images<ushort>(2), [2, 0], ("plates", new[] { "P1", plate })));

        var fault = Assert.Throws<DatasetException>(() => DatasetLabels.Read(set));

        Assert.Equal(
            $"{set.Source}: dataset plates: image 1: the entry \"{shown}\" has a line break or NUL; write it without",
            fault.Message
        );
    }

    [Fact]
    public void What_does_not_fit_16_bits_can_be_read_but_not_unpacked()
    {
        using var whole = ImageSet.Open(WriteHdf5(_folder["whole.hdf5"], Images<ushort>(3), null));
        var samples = Images<float>(3);
        samples[(2 * 2 * 64) + 64 + 9] = 0.5f;
        using var fractions = ImageSet.Open(WriteHdf5(_folder["fractions.hdf5"], samples, null));

        Assert.Null(DatasetUnpacker.Check(whole, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(
            "image 2: the sample 0.5 in channel 1 is not a whole number from 0 to 65535, so it does not fit a 16-bit file",
            DatasetUnpacker.Check(fractions, cancellation: TestContext.Current.CancellationToken)
        );
    }

    public void Dispose() => _folder.Dispose();

    private string Text(string? cluster, params (string Name, object Values)[] vectors)
    {
        using var set = ImageSet.Open(WriteHdf5(_folder["x.hdf5"], Images<ushort>(2), [2, 0], vectors));
        using var text = new StringWriter();
        LabelFile.Write(DatasetLabels.Read(set, cluster: cluster), text);
        return text.ToString();
    }
}
