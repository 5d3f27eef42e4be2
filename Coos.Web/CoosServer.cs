using Coos.Server;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Server.Scoring.Baselines;
using Coos.Shared;
using Coos.Web.Accounts;
using Coos.Web.Benchmarks;
using Coos.Web.Comparisons;
using Coos.Web.Components;
using Coos.Web.Discovery;
using Coos.Web.Docs;
using Coos.Web.Leaderboards;
using Coos.Web.Leaderboards.Exports;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Coos.Web.Operations.Telemetry;
using Coos.Web.Organisers;
using Coos.Web.Previews;
using Coos.Web.Submissions;
using Hangfire;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

namespace Coos.Web;

/// <summary>Puts the server together.</summary>
internal static class CoosServer
{
    /// <summary>Builds the server.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="replace">Replaces services, the clock for one; for tests.</param>
    /// <exception cref="StartException">A setting or benchmark folder is wrong.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ApplicationName = typeof(CoosServer).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
                WebRootPath = Path.Combine(Locations.Root, "wwwroot"),
            }
        );

        // Serves the assets of packages from where NuGet keeps them while the server runs from a build, in any environment.
        builder.WebHost.UseStaticWebAssets();
        var settings = SettingsReader.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            OpenAccess.Guard(kestrel, settings.Access);
        });
        AddServices(builder.Services, settings);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        MapRoutes(app);
        return app;
    }

    /// <summary>Brings the database and the benchmarks up to date; nothing is served before.</summary>
    /// <exception cref="StartException">A label file is wrong.</exception>
    public static async Task PrepareAsync(WebApplication app)
    {
        await using var startLock = await StartLock.TakeAsync(app.Services.GetRequiredService<CoosSettings>());
        await DataServices.MigrateAsync(app.Services);

        // Hangfire prepares its tables when it is first asked for, which two processes must not do at once.
        app.Services.GetRequiredService<JobStorage>();
        await app.Services.GetRequiredService<ReportedResultImport>().RunAsync();
        await app.Services.GetRequiredService<LabelImport>().RunAsync();
        await app.Services.GetRequiredService<Rescoring>().RunAsync();
        await app.Services.GetRequiredService<BaselineImport>().RunAsync();
    }

    private static void AddServices(IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("COOS").PersistKeysToDbContext<CoosDbContext>();
        services.AddCoosServer(settings);
        services.AddHealthChecks().AddDbContextCheck<CoosDbContext>("database", tags: ["ready"]);
        services.AddCoosAccounts(settings);
        services.AddCoosRateLimits(settings);
        services.AddCoosSubmissionForms(settings);
        services.AddCoosResultPages();
        services.AddCoosDiscovery();
        services.AddCoosPreviews();
        services.AddCoosOperations();
        services.AddCoosCompression();
        services.AddCoosSecurityHeaders();
        services.AddCoosProxies(settings);
        services.AddCoosTelemetry(settings);
        services.AddMudServices();
        services.AddSingleton(ThemeSheet.Render);
        services.AddRazorComponents();
        services.ConfigureHttpJsonOptions(json => CoosJson.Configure(json.SerializerOptions));
    }

    private static void MapRoutes(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<CoosSettings>();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseCookiePolicy();
        app.UseHeadAsGet();
        app.UseCoosErrors();
        app.UseUploadLimit();

        // After the handling of errors, which sends a request on to another page: that has to be found then.
        app.UseRouting();
        app.UseCoosAccounts();
        app.UseAntiforgery();
        app.UseCoosFormErrors();

        // Inside the cache, so that a page is packed and hashed once and not each time that it is sent.
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseCoosEntityTags();
        app.MapCoosHealth();
        app.MapCoosMetrics(settings);
        if (!settings.IsWeb)
        {
            // A process that only scores answers for its health and nothing else.
            return;
        }

        app.MapCoosOperations();
        app.MapCoosJobs();
        app.MapStaticAssets();
        ThemeSheet.Map(app);
        app.MapGroup("/api").WithEntityTags().MapBenchmarks().MapLeaderboards().MapExports().MapSubmissions().MapComparisons().MapLabels();
        app.MapGallery();
        app.MapDocPictures();
        app.MapTemplates();
        app.MapAccounts();
        app.MapDiscovery();
        app.MapPreviews();
        app.MapRazorComponents<App>().WithEntityTags();
    }
}
