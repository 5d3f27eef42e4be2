using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-atomic-").FullName;

    private string Target => Path.Combine(_folder, "file");

    /// <summary>As where a process is being started while the file is written: it has the open file a moment longer.</summary>
    [Fact]
    public void A_whole_file_is_read_although_somebody_still_has_its_part_open()
    {
        FileStream? kept = null;
        try
        {
            AtomicFile.Write(Target, part =>
            {
                kept = AtomicFile.Open(part);
                kept.Write([1, 2, 3]);
                kept.Flush();
            });

            Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        }
        finally
        {
            kept?.Dispose();
        }
    }

    [Fact]
    public void What_cannot_be_written_whole_is_not_there()
    {
        File.WriteAllText(Target, "before");

        var fault = Assert.Throws<DatasetException>(() => AtomicFile.Write(Target, part =>
        {
            using var file = AtomicFile.Open(part);
            file.WriteByte(1);
            throw new IOException("the disk is full");
        }));

        Assert.Equal($"{Target}: cannot be written: the disk is full", fault.Message);
        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
