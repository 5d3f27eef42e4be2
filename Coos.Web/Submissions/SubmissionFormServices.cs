using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Submissions;

/// <summary>Registers the reader of submission forms and the cache of templates.</summary>
internal static class SubmissionFormServices
{
    /// <summary>Adds the reader, the upload limits and the cache.</summary>
    public static IServiceCollection AddCoosSubmissionForms(this IServiceCollection services, CoosSettings settings)
    {
        services.AddScoped<SubmissionFormReader>();
        services.Configure<FormOptions>(options => SubmissionFormReader.Limit(options, settings));
        services
            .AddOptions<OutputCacheOptions>()
            .Configure<BenchmarkCatalog, LabelStore>(
                (options, catalog, labels) => options.AddPolicy(TemplateCachePolicy.Name, new TemplateCachePolicy(catalog, labels))
            );
        return services;
    }
}
