using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-atomic-").FullName;

    private string Target => Path.Combine(_folder, "file");

    /// <summary>A process that is started while the file is written keeps it open for a moment longer.</summary>
    [Fact]
    public void A_complete_file_can_be_read_while_its_part_is_still_open()
    {
        FileStream? kept = null;
        try
        {
            AtomicFile.Write(
                Target,
                part =>
                {
                    kept = AtomicFile.Open(part);
                    kept.Write([1, 2, 3]);
                    kept.Flush();
                }
            );

            Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        }
        finally
        {
            kept?.Dispose();
        }
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_part()
    {
        File.WriteAllText(Target, "before");

        var fault = Assert.Throws<DatasetException>(() =>
            AtomicFile.Write(
                Target,
                part =>
                {
                    using var file = AtomicFile.Open(part);
                    file.WriteByte(1);
                    throw new IOException("the disk is full");
                }
            )
        );

        Assert.Equal($"{Target}: cannot be written: the disk is full", fault.Message);
        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
