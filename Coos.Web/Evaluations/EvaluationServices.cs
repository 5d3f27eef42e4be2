using Coos.Web.Configuration;
using Hangfire;
using Hangfire.InMemory;

namespace Coos.Web.Evaluations;

/// <summary>Registers the evaluator.</summary>
internal static class EvaluationServices
{
    /// <summary>Adds the queue, and in a process with the role evaluator its workers and the sweep.</summary>
    public static IServiceCollection AddCoosEvaluations(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton<EvaluationSignals>();
        services.AddSingleton<EvaluationQueue>();
        services.AddSingleton<EvaluationService>();
        services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new AutomaticRetryAttribute { Attempts = EvaluationService.MaximumAttempts, DelaysInSeconds = [1, 5, 15] })
            .UseStorage(new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) })));
        if (settings.IsEvaluator)
        {
            services.AddHangfireServer(options => options.WorkerCount = Environment.ProcessorCount);
            services.AddHostedService<EvaluationSweep>();
        }

        return services;
    }
}
