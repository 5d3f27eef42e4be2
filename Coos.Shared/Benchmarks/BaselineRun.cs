using System.Text.Json;

namespace Coos.Shared.Benchmarks;

/// <summary>How a baseline was run: what <c>run.json</c> beside its predictions says.</summary>
public sealed record BaselineRun
{
    /// <summary>The file's name.</summary>
    public const string FileName = "run.json";

    /// <summary>The most bytes of the file that are read.</summary>
    public const int MaximumBytes = 64 << 10;

    /// <summary>The method's name on leaderboards; where it is missing, the folder's name serves.</summary>
    public string? Method { get; init; }

    /// <summary>A sentence or two about the method.</summary>
    public string? Description { get; init; }

    /// <summary>The command that makes the same predictions again.</summary>
    public required string Command { get; init; }

    /// <summary>What the method was run with, by name; values are text, numbers, lists or further objects.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>Names the random numbers.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The versions of programs and packages, by name.</summary>
    public IReadOnlyDictionary<string, string?> Versions { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long each stage took, in seconds. The one part that another run does not repeat.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>();

    /// <summary>The balanced error on the training split, 0..1.</summary>
    public double? TrainingError { get; init; }

    /// <summary>The error of the chosen settings in cross-validation of the training split, 0..1; null where nothing was searched.</summary>
    public double? CrossValidationError { get; init; }

    /// <summary>Reads the file. Members that are not known are passed over: other programs may keep more in it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BenchmarkException">It is missing, too large, no JSON, or lacks the command.</exception>
    public static BaselineRun Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (!File.Exists(path))
            {
                throw new BenchmarkException($"{name} is missing; it says how the predictions were made (docs/baselines.md)");
            }

            if (new FileInfo(path).Length > MaximumBytes)
            {
                throw new BenchmarkException($"{name} has more than {MaximumBytes:N0} bytes");
            }

            var run = JsonSerializer.Deserialize<BaselineRun>(File.ReadAllBytes(path), CoosJson.Options);
            return string.IsNullOrWhiteSpace(run?.Command) ? throw new BenchmarkException($"{name}: command is missing or empty; name the command that made the predictions") : run;
        }
        catch (JsonException e)
        {
            throw new BenchmarkException($"{name}: line {e.LineNumber + 1}: {(e.Path is { Length: > 1 } where ? $"{where[2..]} cannot be read" : "no JSON, or command is missing")}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
