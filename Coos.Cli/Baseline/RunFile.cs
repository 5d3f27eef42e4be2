using System.Reflection;
using System.Text.Json;
using Coos.Baselines.Models;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>Writes run.json, which records how predictions were computed.</summary>
internal static class RunFile
{
    private static readonly JsonSerializerOptions Indented = new(CoosJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The versions that the results depend on.</summary>
    public static IReadOnlyDictionary<string, string?> Versions { get; } =
        new Dictionary<string, string?>
        {
            ["coos"] = Version(typeof(TextureModel)),
            [".NET"] = Environment.Version.ToString(),
            ["Microsoft.ML"] = Version(typeof(Microsoft.ML.MLContext)),
        };

    /// <summary>Writes the file atomically, indented for human readers.</summary>
    public static void Write(string folder, BaselineRun run) =>
        AtomicFile.Write(Path.Combine(folder, BaselineRun.FileName), [.. JsonSerializer.SerializeToUtf8Bytes(run, Indented), (byte)'\n']);

    /// <summary>Serialises options for run.json.</summary>
    public static JsonElement Options(object options) => JsonSerializer.SerializeToElement(options, CoosJson.Options);

    /// <summary>The version of a package, which can differ from its assembly version, without the commit after the plus sign.</summary>
    public static string? Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
