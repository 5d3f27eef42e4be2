namespace Coos.Server.Configuration;

/// <summary>The server's settings, read and validated once at start.</summary>
internal sealed record CoosSettings
{
    /// <summary>The folder of the SQLite database.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The folders that contain benchmark folders: the bundled ones first, then the organiser's.</summary>
    public required IReadOnlyList<string> BenchmarkDirectories { get; init; }

    /// <summary>The folder with one image folder per benchmark, named by its slug; null if this server has no images.</summary>
    public string? DatasetsDirectory { get; init; }

    /// <summary>The database system.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>The connection string of the database.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Who may submit.</summary>
    public required AccessSettings Access { get; init; }

    /// <summary>Submissions per submitter and day (UTC) for benchmarks without their own quota; null for no limit.</summary>
    public int? QuotaPerDay { get; init; }

    /// <summary>
    /// By how much the answers to one participant of a guarded benchmark may lower an error of 10%, as a fraction, for benchmarks
    /// without their own limit.
    /// </summary>
    public double MaximumGain { get; init; } = 0.01;

    /// <summary>The rate limits of requests.</summary>
    public RateLimits Limits { get; init; } = new(null, null, null);

    /// <summary>The slug of the front page's benchmark, or <c>list</c>; null to list benchmarks if there are more than three.</summary>
    public string? FrontPage { get; init; }

    /// <summary>The server's public URL; null if unknown. A request's Host header is no substitute, because clients can forge it.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>The mail server; null if the server sends no mail.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The OpenID Connect provider; null for none.</summary>
    public OpenIdConnectSettings? OpenIdConnect { get; init; }

    /// <summary>The maximum size of a submission's files in bytes, as uploaded and uncompressed.</summary>
    public long MaxUploadBytes { get; init; } = 64 << 20;

    /// <summary>The maximum number of bytes that one uploader may have in uploads that are not submitted yet.</summary>
    public long MaxPendingUploadBytes { get; init; } = 512 << 20;

    /// <summary>The limits of uploads that are received at the same time.</summary>
    public UploadSettings Uploads { get; init; } = UploadSettings.Default;

    /// <summary>Who may read the metrics.</summary>
    public MetricsAccess MetricsAccess { get; init; }

    /// <summary>The OTLP endpoint for metrics, traces and logs; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The reverse proxies whose forwarded client addresses are trusted.</summary>
    public IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; } = [];

    /// <summary>The destinations that webhooks may call.</summary>
    public WebhookSettings Webhooks { get; init; } = new(AllowsLoopback: false, []);

    /// <summary>How models are run.</summary>
    public ModelSettings Models { get; init; } = ModelSettings.Default;

    /// <summary>Whether this process runs models.</summary>
    public bool IsRunner { get; init; } = true;

    /// <summary>Whether this process scores submissions.</summary>
    public bool IsEvaluator { get; init; } = true;

    /// <summary>Whether this process serves pages and the API.</summary>
    public bool IsWeb { get; init; } = true;
}
