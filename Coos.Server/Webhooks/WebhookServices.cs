using Coos.Server.Configuration;
using Coos.Server.Scoring;

namespace Coos.Server.Webhooks;

/// <summary>Registers webhooks.</summary>
internal static class WebhookServices
{
    /// <summary>Adds the services, and in a process with the role evaluator the sweep.</summary>
    public static IServiceCollection AddCoosWebhooks(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton<WebhookAddresses>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<IScoringObserver>(provider => provider.GetRequiredService<WebhookOutbox>());
        services.AddSingleton<WebhookDispatch>();
        services.AddSingleton<RankWatch>();
        services.AddScoped<WebhookService>();
        if (settings.IsEvaluator)
        {
            services.AddHostedService<WebhookSweep>();
        }

        return services;
    }
}
