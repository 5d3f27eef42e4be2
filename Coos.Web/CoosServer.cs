using Coos.Shared;
using Coos.Web.Baselines;
using Coos.Web.Benchmarks;
using Coos.Web.Comparisons;
using Coos.Web.Components;
using Coos.Web.Configuration;
using Coos.Web.Data;
using Coos.Web.Discovery;
using Coos.Web.Evaluations;
using Coos.Web.Leaderboard;
using Coos.Web.Operations;
using Coos.Web.Submissions;
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
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(CoosServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(Locations.Root, "wwwroot"),
        });

        // Serves the assets of packages from where NuGet keeps them while the server runs from a build, in any environment.
        builder.WebHost.UseStaticWebAssets();
        AddServices(builder.Services, SettingsReader.Read(builder.Configuration));
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        MapRoutes(app);
        return app;
    }

    /// <summary>Brings the database and the benchmarks up to date; nothing is served before.</summary>
    /// <exception cref="StartException">A label file is wrong.</exception>
    public static async Task PrepareAsync(WebApplication app)
    {
        await DataServices.MigrateAsync(app.Services);
        await app.Services.GetRequiredService<ReportedResultImport>().RunAsync();
        await app.Services.GetRequiredService<LabelImport>().RunAsync();
        await app.Services.GetRequiredService<Reevaluation>().RunAsync();
        await app.Services.GetRequiredService<BaselineImport>().RunAsync();
    }

    private static void AddServices(IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataDirectory, "keys")));
        services.AddCoosData(settings);
        services.AddCoosBenchmarks(settings);
        services.AddCoosSubmissions(settings);
        services.AddCoosBaselines();
        services.AddCoosEvaluations(settings);
        services.AddScoped<ComparisonService>();
        services.AddCoosLeaderboard();
        services.AddCoosDiscovery();
        services.AddCoosOperations();
        services.AddMudServices();
        services.AddRazorComponents();
        services.ConfigureHttpJsonOptions(json => CoosJson.Configure(json.SerializerOptions));
    }

    private static void MapRoutes(WebApplication app)
    {
        app.UseHeadAsGet();
        app.UseCoosErrors();
        app.UseUploadLimit();

        // After the handling of errors, which sends a request on to another page: that has to be found then.
        app.UseRouting();
        app.UseAntiforgery();
        app.UseCoosFormErrors();
        app.UseOutputCache();
        app.MapStaticAssets();
        app.MapCoosOperations();
        app.MapGroup("/api").MapBenchmarks().MapLeaderboards().MapSubmissions().MapComparisons();
        app.MapGallery();
        app.MapDiscovery();
        app.MapRazorComponents<App>();
    }
}
