using System.Collections;
using System.Reflection;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// Reads what the HDF5 library knows of a dataset but does not publish: byte order, filters, chunks, virtual sources. Decision 92
/// has the reasons. The version of the library is pinned, and tests read a file of every kind.
/// </summary>
internal static class Hdf5Internals
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Reads a property or field.</summary>
    /// <exception cref="MissingMemberException">The library does not contain it.</exception>
    public static object? Get(object instance, string name)
    {
        for (var type = instance.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetProperty(name, Members | BindingFlags.DeclaredOnly) is { } property)
            {
                return property.GetValue(instance);
            }

            if (type.GetField(name, Members | BindingFlags.DeclaredOnly) is { } field)
            {
                return field.GetValue(instance);
            }
        }

        throw new MissingMemberException(instance.GetType().Name, name);
    }

    /// <summary>Reads a number, also of an enumeration.</summary>
    public static ulong Number(object instance, string name) =>
        Convert.ToUInt64(Get(instance, name), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads a list.</summary>
    public static object[] List(object instance, string name) => [.. ((IEnumerable)Get(instance, name)!).Cast<object>()];

    /// <summary>Creates the library's reader of a dataset's chunks or virtual sources.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="type">The reader's name, such as <c>H5D_Chunk</c>.</param>
    public static object CreateReader(NativeDataset dataset, string type)
    {
        var assembly = typeof(NativeDataset).Assembly;
        var info = Activator.CreateInstance(
            Find(assembly, "DatasetInfo"),
            Get(dataset, "InternalDataspace"),
            Get(dataset, "InternalDataType"),
            Get(dataset, "InternalDataLayout"),
            Get(dataset, "InternalFillValue"),
            Get(dataset, "InternalFilterPipeline"),
            Get(dataset, "InternalExternalFileList")
        );
        var context = Get(dataset, "Context");
        var reader = Find(assembly, type);
        if (reader.IsGenericTypeDefinition)
        {
            return Activator.CreateInstance(
                reader.MakeGenericType(typeof(byte)),
                context,
                null,
                info,
                default(H5DatasetAccess),
                (byte)0,
                null
            )!;
        }

        var create = reader.GetMethod("Create", BindingFlags.Static | BindingFlags.Public)!;
        var chunks = create.Invoke(null, [context, null, info, default(H5DatasetAccess), default(H5DatasetCreation)])!;
        reader.GetMethod("Initialize", Members)!.Invoke(chunks, null);
        return chunks;
    }

    private static Type Find(Assembly assembly, string name) =>
        assembly.GetType("PureHDF.VOL.Native." + name) ?? assembly.GetType("PureHDF." + name) ?? throw new MissingMemberException(name, "");
}
