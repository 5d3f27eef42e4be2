using System.Text.Json;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Tests.Texture;

public sealed class MahotasTests
{
    [Fact]
    public void Every_value_equals_mahotas()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("reference", "haralick-mahotas.json")));
        using var set = ImageSet.Open(SharedFolder.Require("data", "yeast5", "YEAST5_v1.0_test1.hdf5"));
        var distances = reference.RootElement.GetProperty("distances").EnumerateArray().Select(d => d.GetInt32()).ToArray();
        var images = reference.RootElement.GetProperty("features");
        var (height, width) = (set.Shape.Height, set.Shape.Width);
        var block = set.Read(0, images.GetArrayLength());
        var haralick = new HaralickTexture();
        var levels = new byte[height * width];
        var ours = new double[HaralickTexture.FeatureCount];
        var compared = 0;
        for (var i = 0; i < block.Count; i++)
        {
            GreyLevels.Quantise(block.Channel(i, 0), levels);
            for (var d = 0; d < distances.Length; d++)
            {
                for (var direction = 0; direction < 4; direction++)
                {
                    haralick.Compute(levels, height, width, distances[d], direction, ours);
                    for (var f = 0; f < ours.Length; f++)
                    {
                        var theirs = images[i][d][direction][f].GetDouble();

                        // The file has nine decimals, so nine are compared.
                        var difference = Math.Abs(Math.Round(ours[f], 9) - theirs);
                        Assert.True(
                            difference <= 1e-6 * Math.Abs(theirs),
                            $"image {i}, distance {distances[d]}, direction {direction}, feature {f + 1}: {ours[f]}, mahotas {theirs}"
                        );
                        compared++;
                    }
                }
            }
        }

        Assert.Equal(8320, compared);
    }
}
