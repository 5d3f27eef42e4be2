using System.Numerics;

namespace Coos.Baselines.Classifiers;

/// <summary>The nearest images of a query so far, kept by insertion; the earlier image wins a tie.</summary>
internal sealed class Nearest(int count)
{
    private readonly float[] _distances = new float[count];
    private readonly int[] _images = new int[count];

    /// <summary>The images, nearest first.</summary>
    public ReadOnlySpan<int> Images => _images;

    /// <summary>Prepares for the next query.</summary>
    public void Clear() => Array.Fill(_distances, float.PositiveInfinity);

    /// <summary>Inserts those of some consecutive images that are nearer than the farthest one so far.</summary>
    public void Offer(ReadOnlySpan<float> distances, int first)
    {
        var limit = new Vector<float>(_distances[^1]);
        for (var i = 0; i < distances.Length; i += Vector<float>.Count)
        {
            if (!Vector.LessThanAny(new Vector<float>(distances[i..]), limit))
            {
                continue;
            }

            for (var lane = i; lane < i + Vector<float>.Count; lane++)
            {
                if (distances[lane] < _distances[^1])
                {
                    Insert(distances[lane], first + lane);
                }
            }
        }
    }

    private void Insert(float distance, int image)
    {
        var position = _distances.Length - 1;
        for (; position > 0 && distance < _distances[position - 1]; position--)
        {
            _distances[position] = _distances[position - 1];
            _images[position] = _images[position - 1];
        }

        _distances[position] = distance;
        _images[position] = image;
    }
}
