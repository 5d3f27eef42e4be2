using Coos.Server.Images;
using Coos.Shared.Datasets;

namespace Coos.Server.Tests.Images;

public sealed class ImageFileNameTests
{
    [Theory]
    [InlineData("157", "images/0007_157.tif")]
    [InlineData("plate 1/A01/s1", "images/0007_plate_1_A01_s1.tif")]
    [InlineData("../../etc/passwd", "images/0007__.._etc_passwd.tif")]
    [InlineData("..", "images/0007_image.tif")]
    [InlineData("C:\\x", "images/0007_C__x.tif")]
    [InlineData("Zelle \u00fc\u0301", "images/0007_Zelle___.tif")]
    [InlineData("a\u0000b\n", "images/0007_a_b_.tif")]
    public void A_file_of_an_archive_is_named_after_the_image_without_leaving_its_folder(string id, string name) =>
        Assert.Equal(name, ImageFileName.InArchive(7, id));

    [Fact]
    public void Long_ids_are_cut() => Assert.Equal(80, ImageFileName.Simplify(new string('x', 200)).Length);

    [Theory]
    [InlineData(2, 64, 1000)]
    [InlineData(5, 2048, 6)]
    [InlineData(15, 4096, 1)]
    public void Large_images_make_an_archive_of_fewer(int channels, int side, int limit) =>
        Assert.Equal(limit, ImageArchive.LimitFor(new ImageShape(100_000, channels, side, side)));
}
