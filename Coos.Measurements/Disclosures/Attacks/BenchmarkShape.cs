namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>The size of a simulated guarded benchmark.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Classes">K, the number of classes.</param>
/// <param name="PublicSizes">For each split, the public images of each class. The sealed part has as many.</param>
/// <param name="ShowsEachSplit">Whether the error of each split is shown; otherwise only their mean.</param>
internal sealed record BenchmarkShape(string Name, int Classes, int[][] PublicSizes, bool ShowsEachSplit)
{
    /// <summary>The shapes that are attacked: few and many images and classes, one and several splits, equal and unequal classes.</summary>
    public static IReadOnlyList<BenchmarkShape> All { get; } =
    [
        new("small", 2, Equal(2, 200), true),
        new("two classes", 2, Equal(2, 1000), true),
        new(
            "two unequal classes",
            2,
            [
                [600, 1400],
            ],
            true
        ),
        new("seven small classes", 7, Equal(7, 60), true),
        new("seven classes, two splits", 7, [.. Equal(7, 150), .. Equal(7, 200)], true),
        new("seven unequal classes, four splits", 7, [.. Enumerable.Repeat(new[] { 60, 90, 120, 180, 200, 250, 350 }, 4)], false),
        new("twenty classes", 20, Equal(20, 200), true),
    ];

    /// <summary>The number of public images.</summary>
    public int PublicImages => PublicSizes.Sum(split => split.Sum());

    private static int[][] Equal(int classes, int images) =>
        [
            [.. Enumerable.Repeat(images, classes)],
        ];
}
