namespace Coos.Measurements.Server;

/// <summary>How to start a server under test.</summary>
/// <param name="Dll">Coos.Web.dll.</param>
/// <param name="Benchmark">A benchmark folder.</param>
internal sealed record ServerOptions(string Dll, string Benchmark)
{
    /// <summary>The data folder; null for one of its own that vanishes with it.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The PostgreSQL database; null for SQLite in the data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>web, evaluator, or both.</summary>
    public string Roles { get; init; } = "web,evaluator";
}
