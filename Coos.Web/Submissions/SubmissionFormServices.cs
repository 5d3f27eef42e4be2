using Coos.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>Registers the reader of submission forms.</summary>
internal static class SubmissionFormServices
{
    /// <summary>Adds the reader and the upload limits.</summary>
    public static IServiceCollection AddCoosSubmissionForms(this IServiceCollection services, CoosSettings settings)
    {
        services.AddScoped<SubmissionFormReader>();
        services.Configure<FormOptions>(options => SubmissionFormReader.Limit(options, settings));
        return services;
    }
}
