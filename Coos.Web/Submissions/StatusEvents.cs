using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Coos.Web.Models;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>Sends the status of a submission as server-sent events.</summary>
internal static class StatusEvents
{
    /// <summary>How often the row is read. The row is authoritative, because another process may score the submission.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The maximum duration of a stream. A client that still waits reconnects, as an EventSource does by itself.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(5);

    /// <summary>How often an unchanged status is repeated, because proxies close idle connections after a minute or less.</summary>
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>Adds the endpoint to the group of submissions.</summary>
    public static void MapStatusEvents(this RouteGroupBuilder submissions) =>
        submissions
            .MapGet("/{id:guid}/events", GetAsync)
            .WithoutEntityTags()
            .WithName("GetSubmissionEvents")
            .WithSummary("The status of a submission, as server-sent events")
            .WithDescription(
                "Sends an event `status` at once, at each change and every 15 seconds, and while a model runs an event `progress` with a "
                    + "sentence. The stream ends after `scored` or `failed`. "
                    + "A client that reconnects with one of these as Last-Event-ID, as an EventSource does by itself, gets 204 and stops."
            )
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<ServerSentEventsResult<string>, NoContent, ProblemHttpResult>> GetAsync(
        Guid id,
        HttpContext context,
        SubmissionReader reader,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (await reader.FindStatusAsync(id, cancellation) is not { } status)
        {
            return ProblemResponses.Of(SubmissionReader.NotFound(id));
        }

        if (!status.IsUnscored() && context.Request.Headers["Last-Event-ID"] == Text(status))
        {
            return TypedResults.NoContent();
        }

        // Without this header, nginx would buffer the events.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(WatchAsync(id, status, reader, clock, cancellation));
    }

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(
        Guid id,
        SubmissionStatus first,
        SubmissionReader reader,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var start = clock.GetTimestamp();
        var sentAt = start;
        ModelRunDocument? shown = null;
        yield return Event(first);
        for (SubmissionStatus? last = first, now; last?.IsUnscored() == true && clock.GetElapsedTime(start) < MaxDuration; last = now)
        {
            await Task.Delay(PollInterval, clock, cancellation);
            now = await reader.FindStatusAsync(id, cancellation);
            if (now is { } status && (status != last || clock.GetElapsedTime(sentAt) >= RepeatInterval))
            {
                sentAt = clock.GetTimestamp();
                yield return Event(status);
            }

            if (now == SubmissionStatus.Running && await reader.FindRunAsync(id, cancellation) is { } run && run != shown)
            {
                shown = run;
                yield return new SseItem<string>(ModelProgressText.Describe(run), "progress") { EventId = Text(SubmissionStatus.Running) };
            }
        }
    }

    /// <summary>Creates an event. Its id is the status too, so that a client that reconnects sends the last status it received.</summary>
    private static SseItem<string> Event(SubmissionStatus status) => new(Text(status), "status") { EventId = Text(status) };

    private static string Text(SubmissionStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
