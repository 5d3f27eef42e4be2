using Coos.Server.Configuration;
using Coos.Server.Models.Dials;
using Hangfire;

namespace Coos.Server.Models;

/// <summary>Registers the services that run models.</summary>
internal static class ModelServices
{
    /// <summary>Adds what submissions with models need and, in a process with the role runner, the worker and the sweep.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, CoosSettings settings)
    {
        services
            .AddSingleton<ModelSandbox>()
            .AddSingleton<ModelStore>()
            .AddSingleton<ModelImages>()
            .AddSingleton<ModelIntake>()
            .AddSingleton<ModelClaims>()
            .AddSingleton<ModelQueue>()
            .AddSingleton<ModelRecorder>()
            .AddSingleton<DialRun>()
            .AddSingleton<DialStore>()
            .AddScoped<DialReader>()
            .AddSingleton<ModelRunner>()
            .AddSingleton<BaselineModels>()
            .AddSingleton<CostReader>()
            .AddScoped<ModelReruns>()
            .AddScoped<ModelSubmissions>();
        if (settings is { IsRunner: true, Models.IsEnabled: true })
        {
            services.AddHangfireServer(options =>
            {
                options.Queues = [ModelQueue.Name];
                options.WorkerCount = 1;
            });
            services.AddHostedService<ModelSweep>();
        }

        return services;
    }
}
