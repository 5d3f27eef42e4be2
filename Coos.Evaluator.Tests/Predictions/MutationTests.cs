using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>Any file gives a score or a problem, never an exception.</summary>
public sealed class MutationTests
{
    private const int Seed = 1902;
    private const int Mutations = 10_000;
    private const int Images = 24;

    private static readonly SplitLabels Labels = Sample.Labels([.. Enumerable.Range(0, Images).Select(i => i % 3)]);

    private static readonly byte[][] GoodFiles =
    [
        File("image_id,label", "\n", i => $"{i},{i % 3}"),
        File("\uFEFF\"image_id\";\"label\"", "\r\n", i => $"\"{i}\";\"{Sample.Classes[i % 3].Name}\""),
        File("label\timage_id\tp0\tp1\tp2", "\n", i => $"{i % 3}\t{i}\t0.25\t5e-1\t0.250001"),
        File("image_id,p2,p1,p0", "\n", i => $"{Images - 1 - i},0.1,0.6,0.3"),
    ];

    [Fact]
    public void Ten_thousand_mutated_files_are_scored_or_rejected_with_a_problem()
    {
        int scored = 0,
            rejected = 0;
        for (var round = 0; round < Mutations; round++)
        {
            var random = new Random(Seed + round);
            var content = GoodFiles[round % GoodFiles.Length];
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                content = Wrap(FileMutator.Mutate(content, random), random);
            }

            try
            {
                _ = IsScored(content) ? scored++ : rejected++;
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {Seed}, round {round}: {e}\n{Convert.ToHexString(content)}");
            }
        }

        Assert.Equal(Mutations, scored + rejected);
        Assert.InRange(scored, 100, Mutations / 2);
    }

    private static bool IsScored(byte[] content)
    {
        var problems = new ProblemList();
        var file = new UploadedFile("test2", "mutated", () => new MemoryStream(content));
        using var upload = PredictionUpload.Open([file], Sample.Benchmark, problems);
        var target = Sample.Target() with { Images = Labels.Images, MaximumBytes = 1 << 20 };
        var predictions = upload.Sources.Select(s => PredictionFiles.Read(s, target, problems)).FirstOrDefault();
        Assert.Equal(predictions is null, problems.Count > 0);
        Assert.Equal(Math.Min(problems.Count, ProblemList.MaximumItems), problems.Items.Count);
        Assert.All(problems.Items, p => Assert.NotEmpty(p.Message));
        if (predictions is null)
        {
            return false;
        }

        var score = SplitEvaluator.Evaluate(Labels, predictions, Sample.Classes);
        Assert.Equal(Images, score.Images);
        Assert.InRange(Assert.NotNull(score.BalancedError), 0, 1);
        return true;
    }

    private static byte[] Wrap(byte[] content, Random random) =>
        random.Next(12) switch
        {
            0 => Packed.GZip(content),
            1 => Packed.Zip(("test2.csv", content)),
            _ => content,
        };

    private static byte[] File(string header, string end, Func<int, string> row) =>
        Packed.Text(header + end + string.Concat(Enumerable.Range(0, Images).Select(i => row(i) + end)));
}
