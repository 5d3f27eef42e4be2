using System.Text.Json;

namespace Coos.Shared.Benchmarks;

/// <summary>How a baseline was run: the content of <c>run.json</c> beside its predictions.</summary>
public sealed record BaselineRun
{
    /// <summary>The file's name.</summary>
    public const string FileName = "run.json";

    /// <summary>The maximum size of the file in bytes.</summary>
    public const int MaximumBytes = 64 << 10;

    /// <summary>The method's name on leaderboards; the folder's name is used if missing.</summary>
    public string? Method { get; init; }

    /// <summary>A sentence or two about the method.</summary>
    public string? Description { get; init; }

    /// <summary>The command that reproduces the predictions.</summary>
    public required string Command { get; init; }

    /// <summary>The method's options by name; values are strings, numbers, lists or objects.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The seed of the random numbers.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The versions of programs and packages, by name.</summary>
    public IReadOnlyDictionary<string, string?> Versions { get; init; } = new Dictionary<string, string?>();

    /// <summary>The duration of each stage, in seconds. The only part that differs between two runs.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>();

    /// <summary>The balanced error on the training split, 0..1.</summary>
    public double? TrainingError { get; init; }

    /// <summary>The error of the chosen settings in cross-validation of the training split, 0..1; null without a search.</summary>
    public double? CrossValidationError { get; init; }

    /// <summary>Reads the file. Unknown members are ignored, since other programs may add their own.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BenchmarkException">The file is missing, too large, invalid JSON, or lacks the command.</exception>
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
            return string.IsNullOrWhiteSpace(run?.Command)
                ? throw new BenchmarkException($"{name}: command is missing or empty; name the command that made the predictions")
                : run;
        }
        catch (JsonException e)
        {
            var reason = e.Path is { Length: > 1 } member ? $"{member[2..]} cannot be read" : "invalid JSON, or command is missing";
            throw new BenchmarkException($"{name}: line {e.LineNumber + 1}: {reason}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
