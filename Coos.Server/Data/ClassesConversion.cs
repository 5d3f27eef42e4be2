using Coos.Shared.Packing;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Coos.Server.Data;

/// <summary>Stores class indices in the form of <see cref="PackedClasses"/>.</summary>
internal static class ClassesConversion
{
    /// <summary>Classes are set once, so one array is equal to itself only.</summary>
    private static readonly ValueComparer<ushort[]> ByReference = new((a, b) => ReferenceEquals(a, b), c => c.Length, c => c);

    private static readonly ValueConverter<ushort[], byte[]> Converter = new(c => PackedClasses.Pack(c), p => PackedClasses.Unpack(p));

    /// <summary>Converts a column of class indices.</summary>
    public static void ArePackedClasses(this PropertyBuilder<ushort[]> property) => property.HasConversion(Converter, ByReference);
}
