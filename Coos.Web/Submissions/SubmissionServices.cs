using Coos.Server.Comparisons;
using Coos.Server.Configuration;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>Registers what takes submissions.</summary>
internal static class SubmissionServices
{
    /// <summary>Adds the services and the upload limits.</summary>
    public static IServiceCollection AddCoosSubmissions(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton<CheckTurn>();
        services.AddSingleton<SubmissionIntake>();
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<PublishedScores>();
        services.AddScoped<SubmissionReader>();
        services.AddScoped<EntryList>();
        services.AddScoped<SubmissionService>();
        services.AddScoped<SubmissionGate>();
        services.AddScoped<SubmissionChanges>();
        services.AddSingleton<Quota>();
        services.Configure<FormOptions>(options => SubmissionFormReader.Limit(options, settings));
        return services;
    }
}
