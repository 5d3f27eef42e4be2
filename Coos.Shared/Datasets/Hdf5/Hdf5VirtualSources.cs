using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// The source files of a virtual dataset. The library, as the C library, fills the part of a missing source with zeros, which
/// nobody could tell from dark images.
/// </summary>
internal static class Hdf5VirtualSources
{
    /// <summary>Rejects a virtual dataset whose sources are missing or of another type.</summary>
    /// <exception cref="DatasetException">A source is missing, or cannot be read as it is.</exception>
    public static void Require(string path, NativeDataset dataset)
    {
        if (!IsVirtual(dataset))
        {
            return;
        }

        using var reader = (IDisposable)Create(dataset);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var source in Hdf5Internals.List(Hdf5Internals.Get(reader, "_block")!, "VdsDatasetEntries").DistinctBy(Name))
        {
            var (file, name) = Name(source);
            if (file != "." && Find(folder, file) is null)
            {
                throw Missing($"the virtual dataset takes images from {file}, which is missing; put it beside this file");
            }

            Require(file == "." ? path : Find(folder, file)!, name);
        }

        void Require(string file, string name)
        {
            using var content = H5File.OpenRead(file);
            if (!content.LinkExists(name) || content.Get(name) is not NativeDataset source)
            {
                throw Missing($"the virtual dataset takes images from {name} in {file}, which does not contain it");
            }

            if (source.Type.Class != dataset.Type.Class || source.Type.Size != dataset.Type.Size || Hdf5Types.IsBigEndian(source))
            {
                throw Missing(
                    $"the virtual dataset takes images of another sample type from {name} in {file}; write the images into one file"
                );
            }

            if (Hdf5Filters.Of(source).FirstOrDefault(step => !Hdf5Filters.IsReadable(step)) is { } unread)
            {
                throw Missing($"{name} in {file}: {Hdf5Filters.Refusal(unread)}");
            }
        }

        DatasetException Missing(string problem) => new(path, dataset.Name, null, problem);
    }

    /// <summary>Whether a dataset is virtual; the library's public layout calls it compact.</summary>
    public static bool IsVirtual(NativeDataset dataset) =>
        Hdf5Internals.Get(Hdf5Internals.Get(dataset, "InternalDataLayout")!, "LayoutClass")!.ToString() == "VirtualStorage";

    private static object Create(NativeDataset dataset)
    {
        try
        {
            return Hdf5Internals.CreateReader(dataset, "H5D_Virtual`1");
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } cause)
        {
            throw new InvalidDataException(cause.Message, cause);
        }
    }

    private static (string File, string Dataset) Name(object source) =>
        ((string)Hdf5Internals.Get(source, "SourceFileName")!, (string)Hdf5Internals.Get(source, "SourceDataset")!);

    /// <summary>Where the library looks for a source: its path, the folder of this file, the working folder.</summary>
    private static string? Find(string folder, string file) =>
        new[] { file, Path.Combine(folder, file), Path.Combine(folder, Path.GetFileName(file)) }.FirstOrDefault(File.Exists);
}
