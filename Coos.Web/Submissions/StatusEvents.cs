using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>Tells how far a submission is as it goes on, as server-sent events.</summary>
internal static class StatusEvents
{
    /// <summary>How often the row is looked at; it, and no signal of one process, is the truth.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>A client that still waits then asks again, as an EventSource does by itself.</summary>
    private static readonly TimeSpan MaxStreamTime = TimeSpan.FromMinutes(5);

    /// <summary>Without news the status is told again, for proxies close what is silent for a minute or less.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    /// <summary>Adds the call to the group of submissions.</summary>
    public static void MapStatusEvents(this RouteGroupBuilder submissions) =>
        submissions
            .MapGet("/{id:guid}/events", GetAsync)
            .WithoutEntityTags()
            .WithName("GetSubmissionEvents")
            .WithSummary("The status of a submission, as server-sent events")
            .WithDescription(
                "Sends an event `status` at once, at each change and every 15 seconds. The stream ends after `scored` or `failed`. "
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
            return ProblemAnswers.Of(SubmissionReader.NotFound(id));
        }

        if (!status.IsUnscored() && context.Request.Headers["Last-Event-ID"] == Word(status))
        {
            return TypedResults.NoContent();
        }

        // nginx would hold the events back until it has a page of them.
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
        var told = start;
        yield return Event(first);
        for (SubmissionStatus? last = first, now; last?.IsUnscored() == true && clock.GetElapsedTime(start) < MaxStreamTime; last = now)
        {
            await Task.Delay(Interval, clock, cancellation);
            now = await reader.FindStatusAsync(id, cancellation);
            if (now is { } status && (status != last || clock.GetElapsedTime(told) >= MaxSilence))
            {
                told = clock.GetTimestamp();
                yield return Event(status);
            }
        }
    }

    /// <summary>Its id is the status too: with it a client that lost the stream says what it knows.</summary>
    private static SseItem<string> Event(SubmissionStatus status) => new(Word(status), "status") { EventId = Word(status) };

    private static string Word(SubmissionStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
