using Coos.Server;
using Coos.Server.Accounts;
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
using Coos.Web.Consistencies;
using Coos.Web.Discovery;
using Coos.Web.Docs;
using Coos.Web.Forecasts;
using Coos.Web.Images;
using Coos.Web.LabelErrors;
using Coos.Web.Leaderboards;
using Coos.Web.Leaderboards.Exports;
using Coos.Web.Methods;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Coos.Web.Operations.Telemetry;
using Coos.Web.Organisers;
using Coos.Web.Plates;
using Coos.Web.Previews;
using Coos.Web.Resolution;
using Coos.Web.Submissions;
using Hangfire;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

namespace Coos.Web;

/// <summary>Configures the web server: its services, middleware and routes.</summary>
internal static class CoosServer
{
    /// <summary>Builds the server.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="replace">Replaces services, such as the clock, in tests.</param>
    /// <exception cref="StartException">A setting is invalid, or no benchmark folder is valid.</exception>
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

        // When the server runs from a build, this serves package assets from the NuGet folder, in every environment.
        builder.WebHost.UseStaticWebAssets();
        var settings = SettingsReader.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            OpenAccess.Guard(kestrel, settings.Access);
        });

        // The memory of each upload that waits for its turn: what is read of its body ahead, by default 1 MB.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = 128 << 10);
        AddServices(builder.Services, settings);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        MapRoutes(app);
        return app;
    }

    /// <summary>Brings the database and the benchmarks up to date. Must finish before the server accepts requests.</summary>
    /// <exception cref="StartException">The database cannot be opened.</exception>
    public static async Task PrepareAsync(WebApplication app)
    {
        await using var startLock = await StartLock.AcquireAsync(app.Services.GetRequiredService<CoosSettings>());
        await app.Services.GetRequiredService<RunLock>().AcquireAsync();
        await DataServices.MigrateAsync(app.Services);

        // Hangfire creates its tables when it is first resolved, and two processes must not do that at the same time.
        app.Services.GetRequiredService<JobStorage>();
        await app.Services.GetRequiredService<ClosedBenchmarks>().RefreshAsync(CancellationToken.None);
        await app.Services.GetRequiredService<NameUpdate>().RunAsync();
        await app.Services.GetRequiredService<ReportedResultImport>().RunAsync();
        await app.Services.GetRequiredService<LabelImport>().RunAsync();
        await app.Services.GetRequiredService<AnswerBackfill>().RunAsync();
        await app.Services.GetRequiredService<Rescoring>().RunAsync();
        await app.Services.GetRequiredService<BaselineImport>().RunAsync();
    }

    private static void AddServices(IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("COOS").PersistKeysToDbContext<CoosDbContext>();
        services.AddCoosServer(settings);
        services
            .AddHealthChecks()
            .AddDbContextCheck<CoosDbContext>("database", tags: ["ready"])
            .AddCheck<BenchmarkHealth>("benchmarks", tags: ["ready"]);
        services.AddCoosAccounts(settings);
        services.AddSingleton<RateLimitMiddleware>();
        services.AddCoosSubmissionForms(settings);
        services.AddCoosResultPages();
        services.AddCoosDiscovery();
        services.AddCoosPreviews();
        services.AddCoosImages();
        services.AddCoosOperations();
        services.AddCoosCompression();
        services.AddCoosSecurityHeaders();
        services.AddCoosProxies(settings);
        services.AddCoosTelemetry(settings);
        services.AddMudServices();
        services.AddSingleton(ThemeSheet.Render);
        services.AddScoped<ShownBenchmark>();
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

        // Routing runs after the error middleware, which re-executes a failed request with the path of an error page.
        app.UseRouting();
        app.UseCoosBodyLimits();
        app.UseCoosAccounts();
        app.UseSubmitPageGate();
        app.UseCoosUploadLimits();
        app.UseAntiforgery();
        app.UseCoosFormErrors();

        // Compression and hashing run inside the output cache, so each page is compressed and hashed once, not per request.
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseCoosEntityTags();
        app.MapCoosHealth();
        app.MapCoosMetrics(settings);
        if (!settings.IsWeb)
        {
            // A process that only scores serves its health checks and metrics and nothing else.
            return;
        }

        app.MapCoosOperations();
        app.MapCoosJobs();
        app.MapStaticAssets().CacheWebFonts();
        ThemeSheet.Map(app);
        app.MapGroup("/api")
            .WithMetadata(new ApiCall())
            .WithEntityTags()
            .MapBenchmarks()
            .MapLeaderboards()
            .MapExports()
            .MapMethodBoards()
            .MapSubmissions()
            .MapUploads()
            .MapParticipation()
            .MapComparisons()
            .MapResolution()
            .MapConsistencies()
            .MapForecasts()
            .MapBoardPlates()
            .MapImages()
            .MapImageFiles()
            .MapLabelErrors()
            .MapLabels()
            .MapClosing()
            .MapParticipants();
        app.MapGallery();
        app.MapDocPictures();
        app.MapTemplates();
        app.MapAccounts();
        app.MapDiscovery();
        app.MapPreviews();
        app.MapRazorComponents<App>().WithEntityTags();
    }
}
