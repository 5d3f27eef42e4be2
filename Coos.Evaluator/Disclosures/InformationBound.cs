namespace Coos.Evaluator.Disclosures;

/// <summary>
/// The most that a number of bits about the labels can lower an expected error, and how many bits a lower error needs.
/// </summary>
/// <remarks>
/// <para>
/// Rate-distortion theory with side information (Cover and Thomas, "Elements of information theory", chapter 10; the side
/// information is the participant's own prediction): a method errs on each image with probability p, and a wrong label is equally
/// often each of the other K - 1 classes. To lower the error of one image to D, at least
/// R(D) = h(p) - h(D) + (p - D) log2(K - 1) bits about its label are needed, with the binary entropy h. The expected error after
/// B bits is therefore at least the minimum of Σ w_i D_i subject to Σ R(D_i) ≤ B, with the weight w_i of image i in the error.
/// R is convex, so the minimum has log2((1 - D_i) / D_i) + log2(K - 1) = θ w_i, D_i at most p, for one θ: images of equal weight
/// have equal D.
/// </para>
/// <para>
/// The bound is on the expected error; a single participant can be luckier. It assumes that the method does not know which of its
/// predictions are likely to be wrong, and that the labels of different images are independent.
/// </para>
/// </remarks>
public sealed class InformationBound
{
    /// <summary>The error without help that gains are stated for: 10%.</summary>
    public const double AssumedError = 0.1;

    private readonly (double Images, double Weight)[] _groups;
    private readonly double _largest;
    private readonly double _total;

    /// <summary>Creates the bound for groups of images that have the same weight in the error.</summary>
    /// <param name="groups">
    /// The number of images of each group, 0 or more, and the weight of one of its images, above 0. A plain error of n images is
    /// one group of n images with weight 1 / n.
    /// </param>
    /// <param name="classes">K, the number of classes of the benchmark, at least 2.</param>
    /// <exception cref="ArgumentException">There are no images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or not a number.</exception>
    public InformationBound(IEnumerable<(int Images, double Weight)> groups, int classes)
        : this(groups, classes, null) { }

    private InformationBound(IEnumerable<(int Images, double Weight)> groups, int classes, double? total)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Dictionary<double, double> images = [];
        foreach (var (count, weight) in groups)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(groups));
            if (weight is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentOutOfRangeException(nameof(groups), weight, "The weight of an image must be above 0 and finite.");
            }

            if (count > 0)
            {
                images[weight] = images.GetValueOrDefault(weight) + count;
            }
        }

        if (images.Count == 0)
        {
            throw new ArgumentException("There are no images; a bound needs at least one.", nameof(groups));
        }

        Classes = classes;
        _largest = images.Keys.Max();
        _groups = [.. images.OrderByDescending(g => g.Key).Select(g => (g.Value, g.Key))];
        _total = total ?? _groups.Sum(g => g.Images * g.Weight);
    }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>The sum of the weights of all images; 1 for an error between 0 and 1.</summary>
    public double TotalWeight => _total;

    /// <summary>Creates the bound for the mean of the balanced errors of several splits.</summary>
    /// <remarks>
    /// An image of class k of split s has the weight 1 / (S K_s n_sk), with S splits, K_s classes that have images, and n_sk images.
    /// The weight depends on the label, which the participant does not know, so the groups cannot be the classes: bits about which
    /// images belong to a small class also improve the large ones. All images of a split get the largest weight of the split
    /// instead. That is exact for classes of equal size. For others it is proved to first order, and it was above the exact
    /// rate-distortion function of 400 random class sizes (References/disclosure.py of the tests), whereas groups by class were not.
    /// </remarks>
    /// <param name="classSizesPerSplit">n_sk: for each split, the number of images of each class, 0 or more.</param>
    /// <param name="classes">K, the number of classes of the benchmark, at least 2.</param>
    /// <exception cref="ArgumentException">There is no split, or a split has no images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static InformationBound ForBalancedError(IReadOnlyList<IReadOnlyList<int>> classSizesPerSplit, int classes)
    {
        ArgumentNullException.ThrowIfNull(classSizesPerSplit);
        List<(int, double)> groups = [];
        foreach (var sizes in classSizesPerSplit)
        {
            foreach (var size in sizes)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(classSizesPerSplit));
            }

            var present = sizes.Count(n => n > 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(present, classes, nameof(classSizesPerSplit));
            if (present == 0)
            {
                throw new ArgumentException("A split has no images; leave it out.", nameof(classSizesPerSplit));
            }

            var smallest = sizes.Where(n => n > 0).Min();
            groups.Add((sizes.Sum(), 1 / ((double)classSizesPerSplit.Count * present * smallest)));
        }

        return new InformationBound(groups, classes, 1);
    }

    /// <summary>
    /// Computes how many bits the first images that are put right cost, each: log2((1 - p) / p) + log2(K - 1).
    /// </summary>
    /// <param name="error">p, above 0 and at most 1; above (K - 1) / K it counts as (K - 1) / K.</param>
    /// <exception cref="ArgumentOutOfRangeException">The error is outside its range, or not a number.</exception>
    public double ComputeBitsPerImage(double error = AssumedError) => Slope(Cap(error));

    /// <summary>Computes the most that bits about the labels can lower the expected error.</summary>
    /// <param name="bits">B, 0 or more; infinity is allowed.</param>
    /// <param name="error">
    /// p, the share in which the method errs without help, 0..1. A method that errs more often than a guess among K classes,
    /// (K - 1) / K, is treated as that guess.
    /// </param>
    /// <returns>0 for 0 bits; at most p times <see cref="TotalWeight"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or not a number.</exception>
    public double ComputeMaximumGain(double bits, double error = AssumedError)
    {
        if (bits is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Bits must be 0 or more.");
        }

        var p = Cap(error);
        return bits == 0 || p == 0 ? 0
            : bits >= Rate(double.PositiveInfinity, p) ? p * TotalWeight
            : Math.Min(p * TotalWeight, Gain(Bisect(p, theta => Rate(theta, p) >= bits).Above, p));
    }

    /// <summary>Computes the number of bits that lower the expected error by a gain: the inverse.</summary>
    /// <param name="gain">The gain, 0 or more, in the unit of the weights: 0.01 is 1 point.</param>
    /// <param name="error">p, as above.</param>
    /// <returns>0 for a gain of 0; infinity if no number of bits gives more than the gain.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or not a number.</exception>
    public double ComputeBits(double gain, double error = AssumedError)
    {
        if (gain is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(gain), gain, "A gain must be 0 or more.");
        }

        var p = Cap(error);
        return gain == 0 ? 0
            : gain >= p * TotalWeight ? double.PositiveInfinity
            : Rate(Bisect(p, theta => Gain(theta, p) >= gain).Below, p);
    }

    private double Cap(double error) =>
        error is >= 0 and <= 1
            ? Math.Min(error, (Classes - 1.0) / Classes)
            : throw new ArgumentOutOfRangeException(nameof(error), error, "An error must be 0 to 1.");

    /// <summary>Halves the range of θ, times the largest weight, until doubles end: the condition holds above it only.</summary>
    private (double Below, double Above) Bisect(double p, Func<double, bool> isReached)
    {
        var below = Slope(p);
        var above = below + 1;
        while (!isReached(above))
        {
            (below, above) = (above, 2 * above);
        }

        while (true)
        {
            var middle = below + ((above - below) / 2);
            if (middle <= below || middle >= above)
            {
                return (below, above);
            }

            (below, above) = isReached(middle) ? (below, middle) : (middle, above);
        }
    }

    private double Rate(double theta, double p) => _groups.Sum(g => g.Images * RatePerImage(Distortion(theta, g.Weight, p), p));

    private double Gain(double theta, double p) => _groups.Sum(g => g.Images * g.Weight * (p - Distortion(theta, g.Weight, p)));

    private double Distortion(double theta, double weight, double p) =>
        Math.Min(p, 1 / (1 + (Math.Pow(2, theta * (weight / _largest)) / (Classes - 1))));

    private double RatePerImage(double distortion, double p) =>
        Math.Max(0, Entropy(p) - Entropy(distortion) + ((p - distortion) * Math.Log2(Classes - 1)));

    // -R'(p); rounding must not make it negative at p = (K - 1) / K.
    private double Slope(double p) => Math.Max(0, Math.Log2((1 - p) / p) + Math.Log2(Classes - 1));

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log2(p)) - ((1 - p) * Math.Log2(1 - p));
}
