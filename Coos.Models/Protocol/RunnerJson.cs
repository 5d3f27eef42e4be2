using System.Text.Json.Serialization;

namespace Coos.Models.Protocol;

/// <summary>The JSON of the messages, made at compile time: the runner starts for each model.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunnerRequest))]
[JsonSerializable(typeof(ModelFacts))]
[JsonSerializable(typeof(ModelProblem))]
[JsonSerializable(typeof(RunnerTotals))]
internal sealed partial class RunnerJson : JsonSerializerContext;
