using Coos.Server.Configuration;
using Coos.Server.Scoring.Baselines;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;

namespace Coos.Server.Scoring;

/// <summary>Registers what scores: imports of labels and baselines, the queue, and the evaluator's workers.</summary>
internal static class ScoringServices
{
    /// <summary>Adds the queue, and in a process with the role evaluator its workers and the sweep.</summary>
    public static IServiceCollection AddCoosScoring(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton<EvaluationSignals>();
        services.AddSingleton<EvaluationQueue>();
        services.AddSingleton<ChangeNotifier>();
        services.AddSingleton<EvaluationClaims>();
        services.AddSingleton<SubmissionScorer>();
        services.AddSingleton<EvaluationRecorder>();
        services.AddSingleton<EvaluationService>();
        services.AddSingleton<Rescoring>();
        services.AddSingleton<ScoreSwap>();
        services.AddScoped<SubmissionService>();
        services.AddSingleton<LabelImport>();
        services.AddSingleton<LabelWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LabelWatch>());
        services.AddSingleton<BaselineProblems>();
        services.AddSingleton<BaselineReader>();
        services.AddSingleton<BaselineImport>();

        // Registered here and not with UseStorage and the like, which set statics that all servers of a process would share.
        services.AddSingleton<JobStorage>(_ => JobStorages.Create(settings));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IJobFilterProvider>(new JobFilterProviderCollection(new JobFilterAttributeFilterProvider(), Filters()));
        services.AddHangfire(hangfire => hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        if (settings.Provider == DatabaseProvider.Postgres)
        {
            services.AddHostedService<ChangeListener>();
        }

        if (settings.IsEvaluator)
        {
            // On PostgreSQL a worker waits for the database most of the time.
            services.AddHangfireServer(options =>
                options.WorkerCount = Environment.ProcessorCount * (settings.Provider == DatabaseProvider.Postgres ? 2 : 1)
            );
            services.AddHostedService<ScoringSweep>();
        }

        return services;
    }

    /// <summary>Hangfire's own filters without those for languages and for jobs that follow others: nobody here uses them, and each costs rows for every submission.</summary>
    private static JobFilterCollection Filters()
    {
        var filters = new JobFilterCollection();
        filters.Add(new AutomaticRetryAttribute());
        filters.Add(new StatisticsHistoryAttribute());
        return filters;
    }
}
