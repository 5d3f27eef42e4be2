using System.Diagnostics;
using Coos.Models.Protocol;

namespace Coos.Models.Tests.Sandboxing;

/// <summary>Files that are wrong or mean harm: each ends in its reason, within the limit.</summary>
public sealed class HostileModelTests
{
    private const int Mutations = 10_000;

    [Theory]
    [InlineData("three-channels", ModelProblemCodes.WrongInput, "[N, 3, N, N]; the images of this benchmark have the shape [N, 2, 64, 64]")]
    [InlineData("size-32", ModelProblemCodes.WrongInput, "[N, 2, 32, 32]; the images of this benchmark have the shape [N, 2, 64, 64]")]
    [InlineData("two-inputs", ModelProblemCodes.WrongInput, "2 inputs (\"images\", \"more\")")]
    [InlineData("float16", ModelProblemCodes.WrongInput, "is float16; allowed: float32 and uint16")]
    [InlineData("int64", ModelProblemCodes.WrongInput, "is int64; allowed: float32 and uint16")]
    [InlineData("five-classes", ModelProblemCodes.WrongOutput, "[N, 5]; the benchmark has 7 classes")]
    [InlineData("not-a-number", ModelProblemCodes.WrongOutput, "not finite")]
    [InlineData("external-above", ModelProblemCodes.ExternalData, "the weights \"slopes\" are in another file")]
    [InlineData("external-absolute", ModelProblemCodes.ExternalData, "the weights \"slopes\" are in another file")]
    [InlineData("custom-operator", ModelProblemCodes.UnsupportedOperator, "MySoftmax is of the set \"org.example\"")]
    [InlineData("unknown-operator", ModelProblemCodes.UnsupportedOperator, "Softmaxest")]
    [InlineData("mismatched", ModelProblemCodes.InvalidModel, "do not fit")]
    [InlineData("nested-deep", ModelProblemCodes.InvalidModel, "not an ONNX model")]
    [InlineData("ten-terabytes", ModelProblemCodes.OutOfMemory, "more memory")]
    [InlineData("eight-gigabytes", ModelProblemCodes.OutOfMemory, "more memory")]
    public void A_wrong_model_is_refused_with_its_reason(string name, string code, string text)
    {
        var problem = TinyModels.Refuse(name);

        Assert.Equal(code, problem.Code);
        Assert.Contains(text, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_without_end_is_too_slow()
    {
        var start = Stopwatch.GetTimestamp();

        var problem = TinyModels.Refuse("endless", TinyModels.Limits with { Time = TimeSpan.FromSeconds(1) });

        Assert.Equal(ModelProblemCodes.TooSlow, problem.Code);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_million_nodes_are_too_many()
    {
        // A part of a message that is appended to it is joined with it: the graph (field 7) with one more node (field 1) each.
        byte[] node = [0x3A, 14, 0x0A, 12, 0x0A, 1, (byte)'a', 0x12, 1, (byte)'a', 0x22, 4, (byte)'R', (byte)'e', (byte)'l', (byte)'u'];
        byte[] model = [.. TinyModels.Read("tiny"), .. Enumerable.Repeat(node, 1_000_000).SelectMany(n => n)];

        var problem = TinyModels.Refuse(model);

        Assert.Equal(ModelProblemCodes.InvalidModel, problem.Code);
        Assert.Contains("more than 100,000 nodes", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_truncation_is_refused()
    {
        var whole = TinyModels.Read("tiny");
        for (var length = 0; length < whole.Length; length += 13)
        {
            Assert.Contains(TinyModels.Refuse(whole[..length]).Code, ModelProblemCodes.All);
        }
    }

    [Fact]
    public void Mutations_are_answered_or_end_the_runner_only()
    {
        var random = new Random(7);
        string[] names = ["tiny", "convolution", "two-outputs", "uint16", "batch-8"];
        byte[][] models = [.. names.Select(TinyModels.Read)];
        using var tries = new ManyModels();
        for (var i = 0; i < Mutations; i++)
        {
            var model = Mutate(models[i % models.Length], random);
            if (tries.Try(model) is { } code)
            {
                Assert.Contains(code, ModelProblemCodes.All);
            }
        }

        Assert.InRange(tries.Restarts, 0, Mutations / 20);
    }

    private static byte[] Mutate(byte[] model, Random random)
    {
        var mutated = model.ToArray();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
    }
}
