using System.Reflection;
using System.Text.Json;
using Coos.Baselines.Models;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>Writes run.json: how predictions were made.</summary>
internal static class RunFile
{
    private static readonly JsonSerializerOptions Indented = new(CoosJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The versions that the results depend on.</summary>
    public static IReadOnlyDictionary<string, string?> Versions { get; } = new Dictionary<string, string?>
    {
        ["coos"] = Version(typeof(TextureModel)),
        [".NET"] = Environment.Version.ToString(),
        ["Microsoft.ML"] = Version(typeof(Microsoft.ML.MLContext)),
    };

    /// <summary>Writes it, whole or not at all, for people to read too.</summary>
    public static void Write(string folder, BaselineRun run) =>
        AtomicFile.Write(Path.Combine(folder, BaselineRun.FileName), [.. JsonSerializer.SerializeToUtf8Bytes(run, Indented), (byte)'\n']);

    /// <summary>Options as they stand in run.json.</summary>
    public static JsonElement Options(object options) => JsonSerializer.SerializeToElement(options, CoosJson.Options);

    /// <summary>The version of a package; that of its assembly may be another. What follows a plus names a commit.</summary>
    public static string? Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
