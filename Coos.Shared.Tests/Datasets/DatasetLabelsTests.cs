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

    public void Dispose() => _folder.Dispose();

    private string Text(string? cluster, params (string Name, object Values)[] vectors)
    {
        using var set = ImageSet.Open(WriteHdf5(_folder["x.hdf5"], Images<ushort>(2), [2, 0], vectors));
        using var text = new StringWriter();
        LabelFile.Write(DatasetLabels.Read(set, cluster: cluster), text);
        return text.ToString();
    }
}
