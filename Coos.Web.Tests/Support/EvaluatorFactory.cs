using Coos.Server.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Coos.Web.Tests.Support;

/// <summary>Creates evaluators of a server with their own clock.</summary>
internal static class EvaluatorFactory
{
    /// <summary>
    /// Creates an evaluator, which reads the clock when it claims a submission, and again between computing and recording the
    /// scores.
    /// </summary>
    public static EvaluationService Create(TestServer server, TimeProvider clock) =>
        ActivatorUtilities.CreateInstance<EvaluationService>(
            server.Services,
            ActivatorUtilities.CreateInstance<EvaluationClaims>(server.Services, clock),
            ActivatorUtilities.CreateInstance<EvaluationRecorder>(server.Services, clock),
            clock
        );

    /// <summary>A clock that runs a callback when it is read for the second time.</summary>
    public sealed class CallbackClock(TimeProvider clock, Action callback) : TimeProvider
    {
        private int _reads;

        public override DateTimeOffset GetUtcNow()
        {
            var now = clock.GetUtcNow();
            if (++_reads == 2)
            {
                callback();
            }

            return now;
        }
    }
}
