namespace Coos.Measurements.Server;

/// <summary>The options of a server under test.</summary>
/// <param name="Dll">The path of Coos.Web.dll.</param>
/// <param name="Benchmark">The benchmark folder.</param>
internal sealed record ServerOptions(string Dll, string Benchmark)
{
    /// <summary>The data folder; null for a temporary one that is deleted with the server.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The PostgreSQL database; null for SQLite in the data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Further settings, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The roles: web, evaluator, or both.</summary>
    public string Roles { get; init; } = "web,evaluator";
}
