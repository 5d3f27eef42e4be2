using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Images;
using Coos.Server.Scoring;

namespace Coos.Web.Benchmarks;

/// <summary>Registers the benchmarks.</summary>
internal static class BenchmarkServices
{
    /// <summary>Adds the catalogue, read here and now so that a wrong folder stops the start, and the labels.</summary>
    public static IServiceCollection AddCoosBenchmarks(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton(BenchmarkCatalog.Read(settings));
        services.AddSingleton<LabelStore>();
        services.AddSingleton<LabelImport>();
        services.AddSingleton<ReportedResultImport>();
        services.AddSingleton<LabelWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LabelWatch>());
        services.AddSingleton<GalleryStore>();
        services.AddHostedService<GalleryDrawing>();
        return services;
    }
}
