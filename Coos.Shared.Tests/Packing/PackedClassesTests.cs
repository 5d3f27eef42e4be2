using Coos.Shared.Packing;

namespace Coos.Shared.Tests.Packing;

public sealed class PackedClassesTests
{
    [Fact]
    public void Up_to_255_classes_take_a_byte_each_as_they_always_did()
    {
        byte[] packed = PackedClasses.Pack([0, 254, 7]);

        Assert.Equal<byte>([0, 254, 7], packed);
        Assert.Equal<ushort>([0, 254, 7], PackedClasses.Unpack(packed));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(19_999)]
    public void One_larger_index_makes_two_bytes_of_all(int largest)
    {
        ushort[] classes = [3, (ushort)largest, 0];

        var packed = PackedClasses.Pack(classes);

        Assert.Equal(1 + (2 * classes.Length), packed.Length);
        Assert.Equal(classes, PackedClasses.Unpack(packed));
    }

    [Fact]
    public void No_classes_take_no_bytes() => Assert.Empty(PackedClasses.Unpack(PackedClasses.Pack([])));

    [Fact]
    public void Half_an_index_is_rejected() => Assert.Throws<ArgumentException>(() => PackedClasses.Unpack([255, 1]));
}
