using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coos.Server.Configuration;

/// <summary>Reads and validates the settings. Each problem names the key, the value and the allowed values.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration, bool isDevelopment)
{
    /// <summary>The file name of the database in the data folder.</summary>
    private const string DatabaseName = "coos.db";

    private readonly List<string> _problems = [];

    /// <summary>Reads all settings.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="isDevelopment">Whether submissions are open by default.</param>
    /// <exception cref="StartException">Settings are invalid; the message lists all of them.</exception>
    public static CoosSettings Read(IConfiguration configuration, bool isDevelopment = false)
    {
        var reader = new SettingsReader(configuration, isDevelopment);
        var settings = reader.ReadAll();
        return reader._problems.Count == 0 ? settings : throw new StartException(string.Join('\n', reader._problems));
    }

    private CoosSettings ReadAll()
    {
        var data = ReadDataDirectory();
        var roles = ReadRoles();
        var access = ReadAccess();
        var proxies = ReadNetworks("Coos:Proxies", "of the reverse proxies in front of this server");
        CheckOpenBehindProxies(access, proxies);
        var (provider, connection) = ReadConnection(Path.Combine(data, DatabaseName));
        return new CoosSettings
        {
            DataDirectory = data,
            BenchmarkDirectories = ReadBenchmarkDirectories(),
            DatasetsDirectory = ReadDatasetsDirectory(),
            Provider = provider,
            ConnectionString = connection,
            Access = access,
            MaxUploadBytes = ReadNumber("Coos:Upload:MaxBytes", 64 << 20, 1024, 1 << 30),
            MaxPendingUploadBytes = ReadNumber("Coos:Upload:MaxPendingBytes", 512 << 20, 1024, 1L << 40),
            Uploads = ReadUploads(),
            MetricsAccess = ReadEnum("Coos:Metrics:Access", MetricsAccess.Loopback),
            OtlpEndpoint = ReadOtlpEndpoint(),
            Proxies = proxies,
            IsWeb = roles.Contains("web"),
            IsEvaluator = roles.Contains("evaluator"),
            IsRunner = roles.Contains("runner"),
            Models = ReadModels(),
            QuotaPerDay = ReadQuotaPerDay(),
            FrontPage = configuration["Coos:FrontPage"] is { Length: > 0 } front ? front : null,
            MaximumGain = ReadFraction("Coos:Disclosure:MaximumGain", 0.01),
            Limits = ReadLimits(),
            PublicAddress = ReadPublicAddress(),
            Mail = ReadMail(),
            OpenIdConnect = ReadOpenIdConnect(),
            Webhooks = new WebhookSettings(
                isDevelopment,
                ReadNetworks("Coos:Webhooks:PrivateNetworks", "in private networks that webhooks may call")
            ),
        };
    }

    private string ReadDataDirectory()
    {
        const string Key = "Coos:DataDirectory";
        var path = Path.GetFullPath(configuration[Key] is { Length: > 0 } text ? text : Path.Combine(Locations.Root, "data"));
        try
        {
            PrivateFiles.CreateFolder(path, DatabaseName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{Key}: \"{path}\" cannot be created or written ({e.Message}); set it to a folder that this user can write");
        }

        return path;
    }

    private UploadSettings ReadUploads()
    {
        var usual = UploadSettings.Default;
        return new UploadSettings(
            (int)ReadNumber("Coos:Upload:MaxConcurrent", usual.MaxConcurrent, 1, 10_000),
            (int)ReadNumber("Coos:Upload:MaxConcurrentPerSender", usual.MaxConcurrentPerSender, 1, 1000),
            ReadNumber("Coos:Upload:MaxSpooledBytes", usual.MaxSpooledBytes, 1024, 1L << 40)
        );
    }

    private (DatabaseProvider Provider, string Text) ReadConnection(string fallback)
    {
        var text = configuration[ConnectionSetting.Key] is { Length: > 0 } given ? given : $"Data Source={fallback}";
        var (provider, problem) = ConnectionSetting.Check(text);
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        return (provider, text);
    }

    private string? ReadDatasetsDirectory()
    {
        const string Key = "Coos:DatasetsDirectory";
        if (configuration[Key] is not { Length: > 0 } text)
        {
            return null;
        }

        var path = Path.GetFullPath(text);
        if (!Directory.Exists(path))
        {
            _problems.Add($"{Key}: \"{path}\" is not a folder; set it to a folder with one image folder per benchmark, named by its slug");
        }

        return path;
    }

    private string[] ReadBenchmarkDirectories()
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
            _problems.Add($"{Key}: \"{path}\" is not a folder; set it to a folder with one subfolder per benchmark");
        }

        return path == bundled ? [bundled] : [bundled, path];
    }

    private string[] ReadRoles()
    {
        const string Key = "Coos:Roles";
        string[] allowed = ["web", "evaluator", "runner"];
        var roles = ReadList(Key);
        roles = roles.Length == 0 ? allowed : roles;
        _problems.AddRange(roles.Except(allowed).Select(role => $"{Key}: \"{role}\" is not a role; allowed: {string.Join(", ", allowed)}"));
        return roles;
    }

    /// <summary>Reads a list, given as an array or as comma-separated words.</summary>
    private string[] ReadList(string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(c => c.Value ?? "")];
    }

    private List<IPNetwork> ReadNetworks(string key, string purpose)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in ReadList(key))
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

    private Uri? ReadOtlpEndpoint()
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

    private T ReadEnum<T>(string key, T fallback)
        where T : struct, Enum
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        // Enum.TryParse would accept numbers too, which are not allowed in the configuration.
        if (Enum.GetNames<T>().FirstOrDefault(n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<T>(name);
        }

        _problems.Add($"{key}: \"{text}\" is not valid; allowed: {string.Join(", ", Enum.GetNames<T>())}");
        return fallback;
    }

    private double ReadFraction(string key, double fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1)
        {
            return value;
        }

        _problems.Add($"{key}: \"{text}\" is not valid; allowed: a number above 0 and at most 1, such as 0.01");
        return fallback;
    }

    private long ReadNumber(string key, long fallback, long minimum, long maximum)
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

        _problems.Add($"{key}: \"{text}\" is not valid; allowed: whole numbers from {minimum} to {maximum}");
        return fallback;
    }
}
