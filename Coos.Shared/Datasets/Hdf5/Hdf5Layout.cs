using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Checks that the datasets of a file have the shapes and types of the COOS layout.</summary>
internal static class Hdf5Layout
{
    /// <summary>The maximum number of channels of a dataset with channels last; a shorter last axis is not a width.</summary>
    private const int MostChannels = 4;

    private const string Expected = "expected images of shape (N, channels, height, width)";

    /// <summary>Checks the dataset of images.</summary>
    /// <returns>Its shape.</returns>
    /// <exception cref="DatasetException">It has another shape or type.</exception>
    public static ImageShape RequireImages(string path, NativeDataset data)
    {
        var dimensions = data.Space.Dimensions;
        var shape = Hdf5Contents.Shape(data);
        if (
            dimensions.Length != 4
            || dimensions.Any(d => d is 0 or > int.MaxValue)
            || dimensions[1] * (UInt128)dimensions[2] * dimensions[3] > ImageShape.MaxSamplesPerImage
        )
        {
            var advice = dimensions switch
            {
                [0, ..] => "it has no images; write some into it",
                [_, _, _] => $"{Expected}; add an axis for the channel, as data[:, None] does",
                _ => Expected,
            };
            throw Refuse(data.Space.Type == PureHDF.H5DataspaceType.Null ? $"it is empty; {Expected}" : $"its shape is {shape}; {advice}");
        }

        if (dimensions[3] <= MostChannels && dimensions[1] > MostChannels && dimensions[2] > MostChannels)
        {
            throw Refuse(
                $"its shape {shape} has the channels last; {Expected}, so write it with the channel as the second axis, "
                    + "as np.moveaxis(data, -1, 1) does"
            );
        }

        return new ImageShape((int)dimensions[0], (int)dimensions[1], (int)dimensions[2], (int)dimensions[3]);

        DatasetException Refuse(string problem) => new(path, data.Name, null, problem);
    }

    /// <summary>Chooses the reader of the images' samples.</summary>
    /// <exception cref="DatasetException">They are not integers, floats or booleans that can be read.</exception>
    public static Hdf5SampleReader RequireSamples(string path, NativeDataset data)
    {
        if (Hdf5Types.Refusal(data) is { } problem)
        {
            throw new DatasetException(path, data.Name, null, problem);
        }

        return Hdf5SampleReader.For(data)
            ?? throw new DatasetException(
                path,
                data.Name,
                null,
                $"its samples are {Hdf5Types.Name(data)}; expected integers, floats or booleans, so write each channel as numbers"
            );
    }

    /// <summary>Rejects datasets that are meant as labels but would be passed over, so that a labelled set would have none.</summary>
    /// <exception cref="DatasetException">The labels have another name or shape.</exception>
    public static void RequireLabels(string path, IReadOnlyCollection<NativeDataset> datasets, int images)
    {
        if (datasets.FirstOrDefault(d => d.Name == ImageSet.LabelVector) is not { } labels)
        {
            if (Hdf5Contents.MisnamedLabels(datasets.Select(d => d.Name)) is { } name)
            {
                throw new DatasetException(
                    path,
                    name,
                    null,
                    $"the labels must be named labels; rename it, as h5py.File(FILE, \"r+\").move(\"{name}\", \"labels\") does"
                );
            }

            return;
        }

        if (!Hdf5Vector.IsVector(labels))
        {
            var advice = labels.Space.Dimensions is [_, > 1] ? "; if it is one-hot, write labels.argmax(axis=1)" : "";
            throw new DatasetException(
                path,
                ImageSet.LabelVector,
                null,
                $"its shape is {Hdf5Contents.Shape(labels)}; expected a vector of one label per image, ({images}){advice}"
            );
        }
    }
}
