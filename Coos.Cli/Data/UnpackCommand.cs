using System.CommandLine;
using Coos.Shared.Datasets;

namespace Coos.Cli.Data;

/// <summary><c>coos data unpack</c>: writes a dataset as TIFF files.</summary>
internal static class UnpackCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "An HDF5 file *_training.hdf5, *_test1.hdf5, ..., or a folder of them" };
        var output = new Option<string>("--out")
        {
            Description = "The folder for train/, test1/, ...",
            HelpName = "DIR",
            Required = true,
        };
        var split = new Option<string?>("--split") { Description = "The split, if the file's name does not contain it", HelpName = "NAME" };
        const string Text = "Write 16-bit TIFF files, SPLIT/LABEL/ID_CHANNEL.tif; resumes after an interruption";
        return new Command("unpack", Text) { path, output, split }.Runs(
            (parsed, cancellation) =>
                Unpack(parsed.GetRequiredValue(path), parsed.GetRequiredValue(output), parsed.GetValue(split), cancellation)
        );
    }

    private static void Unpack(string path, string output, string? split, CancellationToken cancellation)
    {
        var splits = Directory.Exists(path) ? DatasetFolder.FindSplits(path) : new Dictionary<string, string>();
        if (splits.Count > 0 && split is null)
        {
            foreach (var (name, file) in splits)
            {
                UnpackSplit(file, name, output, cancellation);
            }

            return;
        }

        // A missing file is reported as missing before its name is checked.
        ImageSet.Open(path).Dispose();
        split ??=
            CoosLayout.SplitOfFile(path)
            ?? throw new DatasetException(
                path,
                null,
                null,
                "the file's name does not end in a split (*_test1.hdf5); name the split with --split"
            );
        UnpackSplit(path, split, output, cancellation);
    }

    private static void UnpackSplit(string path, string split, string output, CancellationToken cancellation)
    {
        using var set = ImageSet.Open(path);
        var folder = Path.Combine(output, CoosLayout.FolderOf(split));
        var done = ProgressBar.Show(
            $"unpack {split}",
            set.Shape.Count,
            progress => DatasetUnpacker.Unpack(set, folder, progress, cancellation)
        );
        var kept = done.Kept > 0 ? $", {done.Kept} already existed" : "";
        Console.WriteLine($"{folder}: {done.Images} images, {done.Written} files written{kept}");
    }
}
