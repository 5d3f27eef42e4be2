using Coos.Server.Configuration;
using Coos.Server.Scoring.Baselines;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;

namespace Coos.Server.Scoring;

/// <summary>Registers the scoring services: imports of labels and baselines, the queue and the evaluator's workers.</summary>
internal static class ScoringServices
{
    /// <summary>Adds the queue and, in a process with the role evaluator, its workers and the sweep.</summary>
    public static IServiceCollection AddCoosScoring(this IServiceCollection services, CoosSettings settings)
    {
        services.AddSingleton<EvaluationSignals>();
        services.AddSingleton<EvaluationQueue>();
        services.AddSingleton<ChangeNotifier>();
        services.AddSingleton<EvaluationClaims>();
        services.AddSingleton<ScorerCache>();
        services.AddSingleton<SubmissionScorer>();
        services.AddSingleton<EvaluationRecorder>();
        services.AddSingleton<EvaluationService>();
        services.AddSingleton<Rescoring>();
        services.AddSingleton<AnswerBackfill>();
        services.AddSingleton<ScoreSwap>();
        services.AddScoped<SubmissionService>();
        services.AddSingleton<LabelImport>();
        services.AddSingleton<LabelWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LabelWatch>());
        services.AddSingleton<BaselineProblems>();
        services.AddSingleton<BaselineReader>();
        services.AddSingleton<BaselineImport>();

        // Registered here because UseStorage and similar methods set statics, which all servers in one process would share.
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
            // On PostgreSQL workers spend most of their time waiting for the database.
            services.AddHangfireServer(options =>
                options.WorkerCount = Environment.ProcessorCount * (settings.Provider == DatabaseProvider.Postgres ? 2 : 1)
            );
            services.AddHostedService<ScoringSweep>();
        }

        return services;
    }

    /// <summary>
    /// Hangfire's default filters without those for cultures and continuations, which are unused here and cost rows for
    /// every submission.
    /// </summary>
    private static JobFilterCollection Filters()
    {
        var filters = new JobFilterCollection();
        filters.Add(new AutomaticRetryAttribute());
        filters.Add(new StatisticsHistoryAttribute());
        return filters;
    }
}
