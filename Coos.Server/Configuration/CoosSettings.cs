namespace Coos.Server.Configuration;

/// <summary>The server's settings, read and checked once at start.</summary>
internal sealed record CoosSettings
{
    /// <summary>The folder of the database.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The folders that hold benchmark folders: the bundled ones, then the organiser's.</summary>
    public required IReadOnlyList<string> BenchmarkDirectories { get; init; }

    /// <summary>The folder that holds a folder of images for each benchmark, named by its slug; null where there are none here.</summary>
    public string? DatasetsDirectory { get; init; }

    /// <summary>Which database system it is.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>The database.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Who may submit.</summary>
    public required AccessSettings Access { get; init; }

    /// <summary>Submissions a submitter may send in a day (UTC) to a benchmark that does not say itself; null for any number.</summary>
    public int? QuotaPerDay { get; init; }

    /// <summary>How many requests a client may send.</summary>
    public RateLimits Limits { get; init; } = new(null, null);

    /// <summary>Where people find the server; null where it is only known from requests, which anybody can forge.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>How mail is sent; null where none is.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Who else signs people in; null for nobody.</summary>
    public OpenIdConnectSettings? OpenIdConnect { get; init; }

    /// <summary>The most bytes of a submission's files, as sent and unpacked.</summary>
    public long MaxUploadBytes { get; init; } = 64 << 20;

    /// <summary>Who may read the metrics.</summary>
    public MetricsAccess MetricsAccess { get; init; }

    /// <summary>Where metrics, traces and logs are sent by OTLP; null where they are not.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The reverse proxies whose word on the client's address is taken.</summary>
    public IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; } = [];

    /// <summary>Where webhooks may go.</summary>
    public WebhookSettings Webhooks { get; init; } = new(AllowsLoopback: false, []);

    /// <summary>Whether this process scores submissions.</summary>
    public bool IsEvaluator { get; init; } = true;

    /// <summary>Whether this process serves pages and the API.</summary>
    public bool IsWeb { get; init; } = true;
}
