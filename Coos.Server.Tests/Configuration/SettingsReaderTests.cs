using Coos.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Coos.Server.Tests.Configuration;

/// <summary>An invalid setting stops the start with its key, its value and the allowed values.</summary>
public sealed class SettingsReaderTests : IDisposable
{
    private const string Connections =
        "allowed: a file for SQLite such as Data Source=/var/lib/coos/coos.db, "
        + "or a server for PostgreSQL such as "
        + "Host=localhost;Database=coos;Username=coos;Password=...";

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-settings-").FullName;

    public static TheoryData<string, string, string> InvalidValues =>
        new()
        {
            { "Coos:Access:Submissions", "Everybody", "Coos:Access:Submissions: \"Everybody\" is not valid; allowed: Open, SignedIn" },
            { "Coos:Access:Submissions", "1", "Coos:Access:Submissions: \"1\" is not valid; allowed: Open, SignedIn" },
            { "Coos:Access:Participation", "None", "Coos:Access:Participation: \"None\" is not valid; allowed: Approved, Open" },
            { "Coos:Upload:MaxBytes", "0", "Coos:Upload:MaxBytes: \"0\" is not valid; allowed: whole numbers from 1024 to 1073741824" },
            {
                "Coos:Upload:MaxBytes",
                "64 MB",
                "Coos:Upload:MaxBytes: \"64 MB\" is not valid; allowed: whole numbers from 1024 to 1073741824"
            },
            {
                "Coos:Upload:MaxBytes",
                "99999999999999999999",
                "Coos:Upload:MaxBytes: \"99999999999999999999\" is not valid; allowed: whole numbers from 1024 to 1073741824"
            },
            { "Coos:Upload:MaxConcurrent", "0", "Coos:Upload:MaxConcurrent: \"0\" is not valid; allowed: whole numbers from 1 to 10000" },
            {
                "Coos:Upload:MaxConcurrentPerSender",
                "none",
                "Coos:Upload:MaxConcurrentPerSender: \"none\" is not valid; allowed: whole numbers from 1 to 1000"
            },
            {
                "Coos:Upload:MaxSpooledBytes",
                "2 GB",
                "Coos:Upload:MaxSpooledBytes: \"2 GB\" is not valid; allowed: whole numbers from 1024 to 1099511627776"
            },
            { "Coos:Roles", "web,judge", "Coos:Roles: \"judge\" is not a role; allowed: web, evaluator, runner" },
            { "Coos:Roles:0", "Web", "Coos:Roles: \"Web\" is not a role; allowed: web, evaluator, runner" },
            { "Coos:Access:OpenOnPublicAddress", "yes", "Coos:Access:OpenOnPublicAddress: \"yes\" is not valid; allowed: true, false" },
            { "Coos:Mail:AllowPlainText", "maybe", "Coos:Mail:AllowPlainText: \"maybe\" is not valid; allowed: true, false" },
            { "Coos:Quota:PerDay", "0", "Coos:Quota:PerDay: \"0\" is not valid; allowed: whole numbers from 1 to 1000000, or none" },
            {
                "Coos:RateLimit:SignInsPerMinute",
                "many",
                "Coos:RateLimit:SignInsPerMinute: \"many\" is not valid; allowed: whole numbers from 1 to 1000000, or none"
            },
            {
                "Coos:PublicAddress",
                "http://example.org",
                "Coos:PublicAddress: \"http://example.org\" is not a valid URL; allowed: https://..., and http:// on this machine"
            },
            {
                "Coos:BenchmarksDirectory",
                "/no/such/folder",
                "Coos:BenchmarksDirectory: \"/no/such/folder\" is not a folder; set it to a folder with one subfolder per benchmark"
            },
            {
                "ConnectionStrings:Coos",
                "Data Source=:memory:",
                $"ConnectionStrings:Coos: \"Data Source=:memory:\" does not name a file; {Connections}"
            },
            { "ConnectionStrings:Coos", "Cache=Shared", $"ConnectionStrings:Coos: \"Cache=Shared\" does not name a file; {Connections}" },
            {
                "ConnectionStrings:Coos",
                "Data Source=file:/var/lib/coos/coos.db",
                $"ConnectionStrings:Coos: \"Data Source=file:/var/lib/coos/coos.db\" does not name a file; {Connections}"
            },
            {
                "ConnectionStrings:Coos",
                "Host=database;Password=secret",
                $"ConnectionStrings:Coos: the connection string has a host but no database; {Connections}"
            },
            {
                "ConnectionStrings:Coos",
                "Host=database;Database=coos;Port=many;Password=secret",
                $"ConnectionStrings:Coos: the connection string cannot be parsed (Couldn't set port (Parameter 'port')); {Connections}"
            },
            {
                "ConnectionStrings:Coos",
                "postgresql://coos:secret@database/coos",
                "ConnectionStrings:Coos: the connection string cannot be parsed "
                    + $"(Format of the initialization string does not "
                    + $"conform to specification starting at index 0); {Connections}"
            },
        };

    [Theory]
    [MemberData(nameof(InvalidValues))]
    public void An_invalid_value_is_rejected_with_its_key_and_the_allowed_values(string key, string value, string message)
    {
        var problem = Assert.Throws<StartException>(() => Read((key, value))).Message;

        Assert.Equal(message, problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_that_cannot_be_created_is_rejected_by_name()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var folder = Path.Combine(file, "data");

        var problem = Assert.Throws<StartException>(() => Read(("Coos:DataDirectory", folder))).Message;

        Assert.StartsWith($"Coos:DataDirectory: \"{folder}\" cannot be created or written (", problem, StringComparison.Ordinal);
        Assert.EndsWith("; set it to a folder that this user can write", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_invalid_values_are_reported_at_once()
    {
        var problems = Assert
            .Throws<StartException>(() => Read(("Coos:Upload:MaxBytes", "x"), ("Coos:Roles", "x"), ("Coos:Access:Submissions", "x")))
            .Message;

        Assert.Equal(
            ["Coos:Roles", "Coos:Access:Submissions", "Coos:Upload:MaxBytes"],
            problems.Split('\n').Select(p => p[..p.IndexOf(": ", StringComparison.Ordinal)])
        );
    }

    [Fact]
    public void Missing_settings_of_mail_and_sign_in_provider_are_reported()
    {
        var problems = Assert
            .Throws<StartException>(() =>
                Read(("Coos:Mail:Host", "mail.example.org"), ("Coos:OpenIdConnect:Authority", "https://id.example.org"))
            )
            .Message;

        Assert.Equal(
            ["Coos:Mail:From", "Coos:PublicAddress", "Coos:OpenIdConnect:ClientId", "Coos:OpenIdConnect:ClientSecret"],
            problems.Split('\n').Select(p => p[..p.IndexOf(": ", StringComparison.Ordinal)])
        );
    }

    [Theory]
    [InlineData("SignedIn", null, ParticipationAccess.Approved)]
    [InlineData("SignedIn", "open", ParticipationAccess.Open)]
    [InlineData("Open", null, ParticipationAccess.Open)]
    [InlineData("Open", "Open", ParticipationAccess.Open)]
    public void Participation_needs_approval_only_where_accounts_are_needed(string access, string? participation, object expected)
    {
        var settings = Read(("Coos:Access:Submissions", access), ("Coos:Access:Participation", participation));

        Assert.Equal(expected, settings.Access.Participation);
    }

    [Fact]
    public void Approvals_on_an_open_server_are_rejected()
    {
        var problem = Assert.Throws<StartException>(() =>
            Read(("Coos:Access:Submissions", "Open"), ("Coos:Access:Participation", "Approved"))
        );

        Assert.Equal(
            "Coos:Access:Participation: is Approved while Coos:Access:Submissions is Open, where submitters have no account that could be "
                + "approved; set Coos:Access:Submissions to SignedIn, or Coos:Access:Participation to Open",
            problem.Message
        );
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    [InlineData(false, "Open", true)]
    [InlineData(true, "SignedIn", false)]
    public void Only_an_open_server_has_no_limits_by_default(bool isDevelopment, string access, bool isOpen)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["Coos:DataDirectory"] = _folder, ["Coos:Access:Submissions"] = access }
            )
            .Build();

        var settings = SettingsReader.Read(configuration, isDevelopment);

        Assert.Equal(isOpen, settings.Access.Submissions == SubmissionAccess.Open);
        Assert.Equal(isOpen, settings.QuotaPerDay is null && settings.Limits == new RateLimits(null, null, null));
    }

    [Fact]
    public void Missing_settings_have_defaults()
    {
        var settings = Read();

        Assert.Equal(new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: false, OpenOnPublicAddress: false), settings.Access);
        Assert.Equal((10, new RateLimits(1200, 20, 60)), (settings.QuotaPerDay, settings.Limits));
        Assert.True(settings is { Mail: null, OpenIdConnect: null, PublicAddress: null });
        Assert.Equal((64 << 20, 512 << 20), (settings.MaxUploadBytes, settings.MaxPendingUploadBytes));
        Assert.Equal(new UploadSettings(256, 4, 2L << 30), settings.Uploads);
        Assert.Equal((MetricsAccess.Loopback, ParticipationAccess.Approved), (settings.MetricsAccess, settings.Access.Participation));
        Assert.Equal(0.01, settings.MaximumGain);
        Assert.True(settings is { OtlpEndpoint: null, Proxies.Count: 0, Webhooks: { AllowsLoopback: false } });
        Assert.True(settings is { IsWeb: true, IsEvaluator: true });
        Assert.Equal($"Data Source={Path.Combine(_folder, "coos.db")}", settings.ConnectionString);
        Assert.Equal("benchmarks", Path.GetFileName(Assert.Single(settings.BenchmarkDirectories)));
    }

    [Fact]
    public void A_connection_string_with_a_host_selects_PostgreSQL()
    {
        var settings = Read(("ConnectionStrings:Coos", "Host=/var/run/postgresql;Database=coos"));

        Assert.Equal(DatabaseProvider.Postgres, settings.Provider);
        Assert.Equal(DatabaseProvider.Sqlite, Read().Provider);
    }

    [Fact]
    public void All_settings_are_read()
    {
        var settings = Read(
            ("Coos:Access:Submissions", "signedin"),
            ("Coos:Upload:MaxBytes", "1024"),
            ("Coos:Roles:0", "evaluator"),
            ("Coos:BenchmarksDirectory", _folder),
            ("ConnectionStrings:Coos", "Data Source=x.db")
        );

        Assert.Equal(
            (SubmissionAccess.SignedIn, 1024L, "Data Source=x.db"),
            (settings.Access.Submissions, settings.MaxUploadBytes, settings.ConnectionString)
        );
        Assert.True(settings is { IsWeb: false, IsEvaluator: true });
        Assert.Equal(_folder, settings.BenchmarkDirectories[^1]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CoosSettings Read(params (string Key, string? Value)[] values)
    {
        var all = new Dictionary<string, string?> { ["Coos:DataDirectory"] = _folder };
        foreach (var (key, value) in values)
        {
            all[key] = value;
        }

        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
