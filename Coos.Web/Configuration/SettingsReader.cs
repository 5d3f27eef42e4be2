using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Coos.Web.Configuration;

/// <summary>Reads the settings under <c>Coos</c>; each wrong value is named with its key and what is allowed.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration, bool isDevelopment)
{
    private const string AllowedConnection = "a connection string of SQLite such as Data Source=/var/lib/coos/coos.db";

    private readonly List<string> _problems = [];

    /// <summary>Reads all settings.</summary>
    /// <param name="configuration">Where they stand.</param>
    /// <param name="isDevelopment">Whether submissions are open where nothing is said.</param>
    /// <exception cref="StartException">With every wrong value.</exception>
    public static CoosSettings Read(IConfiguration configuration, bool isDevelopment = false)
    {
        var reader = new SettingsReader(configuration, isDevelopment);
        var settings = reader.ReadAll();
        return reader._problems.Count == 0 ? settings : throw new StartException(string.Join('\n', reader._problems));
    }

    private CoosSettings ReadAll()
    {
        var data = DataDirectory();
        var roles = Roles();
        return new CoosSettings
        {
            DataDirectory = data,
            BenchmarkDirectories = BenchmarkDirectories(),
            DatasetsDirectory = DatasetsDirectory(),
            ConnectionString = ConnectionString(Path.Combine(data, "coos.db")),
            Access = Access(),
            MaxUploadBytes = Number("Coos:Upload:MaxBytes", 64 << 20, 1024, 1 << 30),
            IsWeb = roles.Contains("web"),
            IsEvaluator = roles.Contains("evaluator"),
            QuotaPerDay = QuotaPerDay(),
            Limits = Limits(),
            PublicAddress = PublicAddress(),
            Mail = Mail(),
            OpenIdConnect = OpenIdConnect(),
        };
    }

    private string DataDirectory()
    {
        const string Key = "Coos:DataDirectory";
        var path = Path.GetFullPath(configuration[Key] is { Length: > 0 } text ? text : Path.Combine(Locations.Root, "data"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{Key}: \"{path}\" cannot be made or written ({e.Message}); name a folder that this user may write");
        }

        return path;
    }

    private string ConnectionString(string fallback)
    {
        const string Key = "ConnectionStrings:Coos";
        var text = configuration[Key] is { Length: > 0 } given ? given : $"Data Source={fallback}";
        try
        {
            // A database in memory is another one for each connection.
            if (new SqliteConnectionStringBuilder(text) is { DataSource: "" or ":memory:" } or { Mode: SqliteOpenMode.Memory })
            {
                _problems.Add($"{Key}: \"{text}\" names no file; allowed: {AllowedConnection}");
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The text itself is not shown: it was perhaps meant for another database, with its password.
            _problems.Add($"{Key}: the text is not understood ({e.Message.TrimEnd('.')}); allowed: {AllowedConnection}");
        }

        return text;
    }

    private string? DatasetsDirectory()
    {
        const string Key = "Coos:DatasetsDirectory";
        if (configuration[Key] is not { Length: > 0 } text)
        {
            return null;
        }

        var path = Path.GetFullPath(text);
        if (!Directory.Exists(path))
        {
            _problems.Add($"{Key}: \"{path}\" is no folder; name one that holds a folder of images for a benchmark, named by its slug");
        }

        return path;
    }

    private string[] BenchmarkDirectories()
    {
        const string Key = "Coos:BenchmarksDirectory";
        var bundled = Path.Combine(Locations.Root, "benchmarks");
        if (configuration[Key] is not { Length: > 0 } text)
        {
            return [bundled];
        }

        var path = Path.GetFullPath(text);
        if (!Directory.Exists(path))
        {
            _problems.Add($"{Key}: \"{path}\" is no folder; name one that holds a folder for each benchmark");
        }

        return path == bundled ? [bundled] : [bundled, path];
    }

    private string[] Roles()
    {
        const string Key = "Coos:Roles";
        string[] allowed = ["web", "evaluator"];
        var section = configuration.GetSection(Key);
        string[] roles = section.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(c => c.Value ?? "")];
        roles = roles.Length == 0 ? allowed : roles;
        _problems.AddRange(roles.Except(allowed).Select(role => $"{Key}: \"{role}\" is no role; allowed: {string.Join(", ", allowed)}"));
        return roles;
    }

    private T OneOf<T>(string key, T fallback)
        where T : struct, Enum
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        // Enum.TryParse takes numbers too; a number is no word of the contract.
        if (Enum.GetNames<T>().FirstOrDefault(n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<T>(name);
        }

        _problems.Add($"{key}: \"{text}\" is not known; allowed: {string.Join(", ", Enum.GetNames<T>())}");
        return fallback;
    }

    private long Number(string key, long fallback, long minimum, long maximum)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        _problems.Add($"{key}: \"{text}\" is out of range; allowed: whole numbers from {minimum} to {maximum}");
        return fallback;
    }
}
