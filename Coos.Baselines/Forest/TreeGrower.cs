namespace Coos.Baselines.Forest;

/// <summary>Grows one tree, depth first, from the images of its bootstrap.</summary>
internal sealed class TreeGrower
{
    private readonly BinnedFeatures _data;
    private readonly int[] _labels;
    private readonly int[] _weights;
    private readonly int _classes;
    private readonly ForestOptions _options;
    private readonly KeyedRandom _random;
    private readonly SplitFinder _finder;
    private readonly int[] _images;
    private readonly int[] _scratch;
    private readonly int[] _candidates;
    private readonly int[] _totals;
    private readonly TreeNodes _nodes = new();

    private TreeGrower(BinnedFeatures data, int[] labels, int classes, ForestOptions options, KeyedRandom random)
    {
        _data = data;
        _labels = labels;
        _classes = classes;
        _options = options;
        _random = random;
        _weights = Draw(data.Rows, options.Bootstrap, random);
        _images = [.. Enumerable.Range(0, data.Rows).Where(i => _weights[i] > 0)];
        _scratch = new int[_images.Length];
        _candidates = [.. Enumerable.Range(0, data.Columns)];
        _totals = new int[classes];
        _finder = new SplitFinder(data, labels, _weights, classes, options.MinSamplesLeaf);
    }

    /// <summary>Grows a tree.</summary>
    public static DecisionTree Grow(BinnedFeatures data, int[] labels, int classes, ForestOptions options, KeyedRandom random)
    {
        var grower = new TreeGrower(data, labels, classes, options, random);
        grower.Grow();
        return grower._nodes.ToTree();
    }

    private static int[] Draw(int rows, bool bootstrap, KeyedRandom random)
    {
        var weights = new int[rows];
        if (!bootstrap)
        {
            Array.Fill(weights, 1);
            return weights;
        }

        for (var i = 0; i < rows; i++)
        {
            weights[random.Index(rows)]++;
        }

        return weights;
    }

    private void Grow()
    {
        var open = new Stack<(int First, int Count, int Depth, int Node)>();
        _nodes.Add();
        open.Push((0, _images.Length, 0, 0));
        while (open.TryPop(out var part))
        {
            var images = _images.AsSpan(part.First, part.Count);
            Count(images);
            var (feature, bin, next) = IsLeaf(part.Count, part.Depth) ? (-1, -1, -1) : Choose(images);
            if (feature < 0)
            {
                _nodes.MakeLeaf(part.Node, _totals);
                continue;
            }

            var left = Partition(images, _data.Column(feature), bin);
            var (leftNode, rightNode) = _nodes.Split(part.Node, feature, _data.Cut(feature, bin, next));
            open.Push((part.First + left, part.Count - left, part.Depth + 1, rightNode));
            open.Push((part.First, left, part.Depth + 1, leftNode));
        }
    }

    private bool IsLeaf(int count, int depth) =>
        count < _options.MinSamplesSplit
        || count < 2 * _options.MinSamplesLeaf
        || depth >= _options.MaxDepth
        || _totals.Count(t => t > 0) < 2;

    /// <summary>Tries features in random order until enough were tried, including one with two values in the node.</summary>
    private (int Feature, int Left, int Right) Choose(ReadOnlySpan<int> images)
    {
        var wanted = _options.FeaturesPerSplit(_data.Columns);
        var (best, bestLeft, bestRight, bestScore) = (-1, -1, -1, double.NegativeInfinity);
        var varies = false;
        for (var i = 0; i < _candidates.Length && (i < wanted || !varies); i++)
        {
            var j = i + _random.Index(_candidates.Length - i);
            (_candidates[i], _candidates[j]) = (_candidates[j], _candidates[i]);
            var (left, right, score, constant) = _finder.Find(_candidates[i], images, _totals);
            varies |= !constant;
            if (left >= 0 && score > bestScore)
            {
                (best, bestLeft, bestRight, bestScore) = (_candidates[i], left, right, score);
            }
        }

        return (best, bestLeft, bestRight);
    }

    /// <summary>Moves the images of the left child to the front, keeping their order.</summary>
    private int Partition(Span<int> images, ushort[] column, int bin)
    {
        var (left, right) = (0, 0);
        foreach (var image in images)
        {
            if (column[image] <= bin)
            {
                images[left++] = image;
            }
            else
            {
                _scratch[right++] = image;
            }
        }

        _scratch.AsSpan(0, right).CopyTo(images[left..]);
        return left;
    }

    private void Count(ReadOnlySpan<int> images)
    {
        Array.Clear(_totals);
        foreach (var image in images)
        {
            _totals[_labels[image]] += _weights[image];
        }
    }
}
