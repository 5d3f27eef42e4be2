using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coos.Server.Configuration;

/// <summary>Reads the settings under <c>Coos</c>; each wrong value is named with its key and what is allowed.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration, bool isDevelopment)
{
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
        var (provider, connection) = Connection(Path.Combine(data, "coos.db"));
        return new CoosSettings
        {
            DataDirectory = data,
            BenchmarkDirectories = BenchmarkDirectories(),
            DatasetsDirectory = DatasetsDirectory(),
            Provider = provider,
            ConnectionString = connection,
            Access = Access(),
            MaxUploadBytes = Number("Coos:Upload:MaxBytes", 64 << 20, 1024, 1 << 30),
            MetricsAccess = OneOf("Coos:Metrics:Access", MetricsAccess.Loopback),
            OtlpEndpoint = OtlpEndpoint(),
            Proxies = Networks("Coos:Proxies", "of the reverse proxies in front of this server"),
            IsWeb = roles.Contains("web"),
            IsEvaluator = roles.Contains("evaluator"),
            QuotaPerDay = QuotaPerDay(),
            Limits = Limits(),
            PublicAddress = PublicAddress(),
            Mail = Mail(),
            OpenIdConnect = OpenIdConnect(),
            Webhooks = new WebhookSettings(
                isDevelopment,
                Networks("Coos:Webhooks:PrivateNetworks", "that webhooks may be sent to though they are not of the public internet")
            ),
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

    private (DatabaseProvider Provider, string Text) Connection(string fallback)
    {
        var text = configuration[ConnectionSetting.Key] is { Length: > 0 } given ? given : $"Data Source={fallback}";
        var (provider, problem) = ConnectionSetting.Check(text);
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        return (provider, text);
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
        var roles = List(Key);
        roles = roles.Length == 0 ? allowed : roles;
        _problems.AddRange(roles.Except(allowed).Select(role => $"{Key}: \"{role}\" is no role; allowed: {string.Join(", ", allowed)}"));
        return roles;
    }

    /// <summary>A list, as an array or as words with commas between.</summary>
    private string[] List(string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(c => c.Value ?? "")];
    }

    private List<IPNetwork> Networks(string key, string purpose)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in List(key))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            }
            else
            {
                _problems.Add(
                    $"{key}: \"{text}\" is not an IP address or network; "
                        + $"allowed: addresses such as 10.0.0.5 and networks such as 10.0.0.0/24, {purpose}"
                );
            }
        }

        return networks;
    }

    private Uri? OtlpEndpoint()
    {
        const string Key = "Coos:Telemetry:OtlpEndpoint";
        if (configuration[Key] is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            return uri;
        }

        _problems.Add(
            $"{Key}: \"{text}\" is not a valid URL; "
                + "allowed: the http:// or https:// URL of a collector that accepts OTLP over gRPC, such as http://localhost:4317"
        );
        return null;
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
