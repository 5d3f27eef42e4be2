using Coos.Server.Accounts;

namespace Coos.Server.Organisers;

/// <summary>Registers what organisers use.</summary>
internal static class OrganiseServices
{
    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosOrganise(this IServiceCollection services)
    {
        services.AddScoped<AuditLog>();
        services.AddScoped<LabelUpload>();
        services.AddSingleton<LookedAtLabels>();
        services.AddScoped<BenchmarkStates>();
        services.AddScoped<QuotaOverview>();
        services.AddScoped<OrganiserActions>();
        return services;
    }
}
