using Coos.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Coos.Server.Tests.Configuration;

/// <summary>A setting that is wrong stops the start with its key, its value and what is allowed.</summary>
public sealed class SettingsReaderTests : IDisposable
{
    private const string Connections =
        "allowed: a file for SQLite such as Data Source=/var/lib/coos/coos.db, or a server for PostgreSQL such as Host=localhost;Database=coos;Username=coos;Password=...";

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-settings-").FullName;

    public static TheoryData<string, string, string> WrongValues =>
        new()
        {
            { "Coos:Access:Submissions", "Everybody", "Coos:Access:Submissions: \"Everybody\" is not known; allowed: Open, SignedIn" },
            { "Coos:Access:Submissions", "1", "Coos:Access:Submissions: \"1\" is not known; allowed: Open, SignedIn" },
            { "Coos:Upload:MaxBytes", "0", "Coos:Upload:MaxBytes: \"0\" is out of range; allowed: whole numbers from 1024 to 1073741824" },
            {
                "Coos:Upload:MaxBytes",
                "64 MB",
                "Coos:Upload:MaxBytes: \"64 MB\" is out of range; allowed: whole numbers from 1024 to 1073741824"
            },
            {
                "Coos:Upload:MaxBytes",
                "99999999999999999999",
                "Coos:Upload:MaxBytes: \"99999999999999999999\" is out of range; allowed: whole numbers from 1024 to 1073741824"
            },
            { "Coos:Roles", "web,judge", "Coos:Roles: \"judge\" is no role; allowed: web, evaluator" },
            { "Coos:Roles:0", "Web", "Coos:Roles: \"Web\" is no role; allowed: web, evaluator" },
            {
                "Coos:Access:OpenOnPublicAddress",
                "yes",
                "Coos:Access:OpenOnPublicAddress: \"yes\" is not understood; allowed: true, false"
            },
            { "Coos:Quota:PerDay", "0", "Coos:Quota:PerDay: \"0\" is out of range; allowed: whole numbers from 1 to 1000000, or none" },
            {
                "Coos:RateLimit:SignInsPerMinute",
                "many",
                "Coos:RateLimit:SignInsPerMinute: \"many\" is out of range; allowed: whole numbers from 1 to 1000000, or none"
            },
            {
                "Coos:PublicAddress",
                "http://example.org",
                "Coos:PublicAddress: \"http://example.org\" is not a valid URL; allowed: https://..., and http:// on this machine"
            },
            {
                "Coos:BenchmarksDirectory",
                "/no/such/folder",
                "Coos:BenchmarksDirectory: \"/no/such/folder\" is no folder; name one that holds a folder for each benchmark"
            },
            {
                "ConnectionStrings:Coos",
                "Data Source=:memory:",
                $"ConnectionStrings:Coos: \"Data Source=:memory:\" names no file; {Connections}"
            },
            { "ConnectionStrings:Coos", "Cache=Shared", $"ConnectionStrings:Coos: \"Cache=Shared\" names no file; {Connections}" },
            {
                "ConnectionStrings:Coos",
                "Host=database;Password=secret",
                $"ConnectionStrings:Coos: the text names a host and no database; {Connections}"
            },
            {
                "ConnectionStrings:Coos",
                "Host=database;Database=coos;Port=many;Password=secret",
                $"ConnectionStrings:Coos: the text is not understood (Couldn't set port (Parameter 'port')); {Connections}"
            },
            {
                "ConnectionStrings:Coos",
                "postgresql://coos:secret@database/coos",
                $"ConnectionStrings:Coos: the text is not understood (Format of the initialization string does not conform to specification starting at index 0); {Connections}"
            },
        };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_wrong_value_is_refused_with_its_key_and_what_is_allowed(string key, string value, string message)
    {
        var problem = Assert.Throws<StartException>(() => Read((key, value))).Message;

        Assert.Equal(message, problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_that_cannot_be_made_is_refused_by_name()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var folder = Path.Combine(file, "data");

        var problem = Assert.Throws<StartException>(() => Read(("Coos:DataDirectory", folder))).Message;

        Assert.StartsWith($"Coos:DataDirectory: \"{folder}\" cannot be made or written (", problem, StringComparison.Ordinal);
        Assert.EndsWith("; name a folder that this user may write", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_value_is_told_at_once()
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
    public void What_mail_and_a_provider_need_besides_is_asked_for()
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
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    [InlineData(false, "Open", true)]
    [InlineData(true, "SignedIn", false)]
    public void An_open_server_limits_nobody_unless_asked_to(bool isDevelopment, string access, bool isOpen)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["Coos:DataDirectory"] = _folder, ["Coos:Access:Submissions"] = access }
            )
            .Build();

        var settings = SettingsReader.Read(configuration, isDevelopment);

        Assert.Equal(isOpen, settings.Access.Submissions == SubmissionAccess.Open);
        Assert.Equal(isOpen, settings.QuotaPerDay is null && settings.Limits == new RateLimits(null, null));
    }

    [Fact]
    public void What_is_not_set_has_a_default()
    {
        var settings = Read();

        Assert.Equal(new AccessSettings(SubmissionAccess.SignedIn, IsSaid: false, OpenOnPublicAddress: false), settings.Access);
        Assert.Equal((10, new RateLimits(1200, 20)), (settings.QuotaPerDay, settings.Limits));
        Assert.True(settings is { Mail: null, OpenIdConnect: null, PublicAddress: null });
        Assert.Equal(64 << 20, settings.MaxUploadBytes);
        Assert.True(settings is { IsWeb: true, IsEvaluator: true });
        Assert.Equal($"Data Source={Path.Combine(_folder, "coos.db")}", settings.ConnectionString);
        Assert.Equal("benchmarks", Path.GetFileName(Assert.Single(settings.BenchmarkDirectories)));
    }

    [Fact]
    public void A_host_in_the_connection_string_means_PostgreSQL()
    {
        var settings = Read(("ConnectionStrings:Coos", "Host=/var/run/postgresql;Database=coos"));

        Assert.Equal(DatabaseProvider.Postgres, settings.Provider);
        Assert.Equal(DatabaseProvider.Sqlite, Read().Provider);
    }

    [Fact]
    public void What_is_set_is_read()
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

    private CoosSettings Read(params (string Key, string Value)[] values)
    {
        var all = new Dictionary<string, string?> { ["Coos:DataDirectory"] = _folder };
        foreach (var (key, value) in values)
        {
            all[key] = value;
        }

        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
