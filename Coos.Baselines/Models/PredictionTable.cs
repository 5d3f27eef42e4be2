using System.Globalization;
using System.Text;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using Coos.Shared.Delimited;

namespace Coos.Baselines.Models;

/// <summary>Writes prediction files: image_id, label, p0 .. p(K-1).</summary>
public static class PredictionTable
{
    /// <summary>Writes a file atomically. Equal predictions give equal bytes, even when compressed.</summary>
    /// <param name="path">The file; compressed if it ends in .gz.</param>
    /// <param name="set">The images, for their ids.</param>
    /// <param name="probabilities">Probabilities, N x K.</param>
    public static void Write(string path, ImageSet set, FeatureMatrix probabilities)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(probabilities);
        var text = new StringBuilder("image_id,label");
        for (var k = 0; k < probabilities.Columns; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $",p{k}");
        }

        text.Append('\n');
        var classes = Decision.Classes(probabilities);
        for (var i = 0; i < classes.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvField.Quote(set.Id(i))},{classes[i]}");
            foreach (var p in probabilities.Row(i))
            {
                text.Append(CultureInfo.InvariantCulture, $",{p:0.######}");
            }

            text.Append('\n');
        }

        var content = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(path, path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? PortableGZip.Compress(content) : content);
    }
}
