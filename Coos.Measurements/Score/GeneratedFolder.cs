using System.Globalization;
using System.Text;

namespace Coos.Measurements.Score;

/// <summary>
/// A temporary folder with label and prediction files of the size of COOS-7's test sets; the predictions are in random
/// order.
/// </summary>
internal sealed class GeneratedFolder : IDisposable
{
    private const int Seed = 7;
    private const int Classes = 7;
    private const double Accuracy = 0.9;

    private static readonly (string Name, int Images)[] Splits =
    [
        ("test1", 10_364),
        ("test2", 17_021),
        ("test3", 32_596),
        ("test4", 30_772),
    ];

    private GeneratedFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates the files, which are the same each time.</summary>
    public static GeneratedFolder Create(bool stringIds)
    {
        var folder = new GeneratedFolder(Directory.CreateTempSubdirectory("coos-score-").FullName);
        var random = new Random(Seed);
        foreach (var (name, images) in Splits)
        {
            Write(folder.Path, name, images, stringIds, random);
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Write(string folder, string split, int images, bool stringIds, Random random)
    {
        var labels = new StringBuilder("image_id,label\n");
        var rows = new string[images];
        for (var i = 0; i < images; i++)
        {
            var id = stringIds ? StringId(i) : i.ToString(CultureInfo.InvariantCulture);
            var label = random.Next(Classes);
            var predicted = random.NextDouble() < Accuracy ? label : random.Next(Classes);
            labels.Append(CultureInfo.InvariantCulture, $"{id},{label}\n");
            rows[i] = string.Create(CultureInfo.InvariantCulture, $"{id},{predicted}\n");
        }

        random.Shuffle(rows);
        File.WriteAllText(System.IO.Path.Combine(folder, split + "_labels.csv"), labels.ToString());
        File.WriteAllText(System.IO.Path.Combine(folder, split + "_pred.csv"), "image_id,label\n" + string.Concat(rows));
    }

    /// <summary>Formats an id as used in screens: plate, well, cell.</summary>
    private static string StringId(int image) =>
        string.Create(CultureInfo.InvariantCulture, $"plate{image % 28:00}_{(char)('A' + (image % 16))}{image % 24:00}_cell{image:00000}");
}
