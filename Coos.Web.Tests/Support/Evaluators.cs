using Coos.Server.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Coos.Web.Tests.Support;

/// <summary>Evaluators of a server that have a clock of their own.</summary>
internal static class Evaluators
{
    /// <summary>An evaluator. It asks the clock for the time when it claims, and again when it has the scores and before it records them.</summary>
    public static EvaluationService With(OwnServer server, TimeProvider clock) =>
        ActivatorUtilities.CreateInstance<EvaluationService>(
            server.Services,
            ActivatorUtilities.CreateInstance<EvaluationClaims>(server.Services, clock),
            ActivatorUtilities.CreateInstance<EvaluationRecorder>(server.Services, clock),
            clock
        );

    /// <summary>A clock that has something happen when it is asked for the time a second time.</summary>
    public sealed class EventfulClock(TimeProvider clock, Action happen) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            var now = clock.GetUtcNow();
            if (++_asked == 2)
            {
                happen();
            }

            return now;
        }
    }
}
