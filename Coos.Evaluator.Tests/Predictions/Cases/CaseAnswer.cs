using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions.Cases;

/// <summary>What the reader says of an upload.</summary>
/// <param name="Problems">Its problems.</param>
/// <param name="Warnings">Its warnings.</param>
internal sealed record CaseAnswer(ProblemList Problems, IReadOnlyList<PredictionWarning> Warnings)
{
    /// <summary>Reads an upload for a benchmark's folder.</summary>
    public static CaseAnswer Of(BenchmarkFolder folder, UploadedFile file)
    {
        var images = new Dictionary<string, ImageIndex>();
        foreach (var split in folder.Benchmark.Splits.Where(s => File.Exists(folder.LabelPath(s.Name))))
        {
            using var labels = File.OpenRead(folder.LabelPath(split.Name));
            images[split.Name] = LabelFile.Read(labels, split.Name, folder.Benchmark.ClassNames, new ProblemList())!.Images;
        }

        return Of(folder.Benchmark, images, file);
    }

    /// <summary>Reads an upload for a benchmark with given images.</summary>
    public static CaseAnswer Of(Benchmark benchmark, IReadOnlyDictionary<string, ImageIndex> images, UploadedFile file)
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open([file], benchmark, problems);
        var warnings = new List<PredictionWarning>();
        foreach (var source in upload.Sources)
        {
            var target = new PredictionTarget(source.Split, images[source.Split], benchmark.ClassNames)
            {
                OtherSplits = images.Where(i => i.Key != source.Split).ToDictionary(),
                MaximumBytes = 1 << 20,
            };
            var read = PredictionFiles.Read(source, target, problems, new UnpackBudget(1 << 22));
            warnings.AddRange(read?.Warnings ?? []);
        }

        return new CaseAnswer(problems, warnings);
    }

    /// <summary>Checks the answer.</summary>
    /// <param name="expected">
    /// For an accepted file "ok" and parts of its warnings, none if there must be none; otherwise parts of the first problem's
    /// text, where a number is that of all problems.
    /// </param>
    public void AssertIs(string[] expected)
    {
        if (expected[0] == "ok")
        {
            Assert.Empty(Problems.Items);
            Assert.Equal(expected.Length - 1, Warnings.Count);
            Assert.All(expected.Skip(1).Zip(Warnings), pair => Assert.Contains(pair.First, $"{pair.Second}", StringComparison.Ordinal));
            return;
        }

        Assert.NotEmpty(Problems.Items);
        var first = Problems.Items[0].ToString();
        var numbers = expected.Where(part => int.TryParse(part, out _)).ToList();
        Assert.All(numbers, number => Assert.Equal(number, $"{Problems.Count}"));
        Assert.All(expected.Except(numbers), part => Assert.Contains(part, first, StringComparison.Ordinal));
        Assert.All(Problems.Items, problem => Assert.InRange(problem.Message.Length, 20, 400));
    }
}
