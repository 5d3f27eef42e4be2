using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
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
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(5);

    /// <summary>Adds the call to the group of submissions.</summary>
    public static void MapStatusEvents(this RouteGroupBuilder submissions) =>
        submissions.MapGet("/{id:guid}/events", GetAsync)
            .WithoutEntityTags()
            .WithName("GetSubmissionEvents")
            .WithSummary("How far a submission is, as server-sent events")
            .WithDescription("An event `status` with the status now and at each change; the stream ends after `scored` or `failed`.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<ServerSentEventsResult<string>, ProblemHttpResult>> GetAsync(
        Guid id, SubmissionReader reader, TimeProvider clock, CancellationToken cancellation) =>
        await reader.FindStatusAsync(id, cancellation) is { } status
            ? TypedResults.ServerSentEvents(WatchAsync(id, status, reader, clock, cancellation))
            : SubmissionEndpoints.NotFound(id);

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(
        Guid id, SubmissionStatus first, SubmissionReader reader, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        yield return Event(first);
        for (SubmissionStatus? last = first, now; IsUnderWay(last) && clock.GetElapsedTime(start) < LongestStream; last = now)
        {
            await Task.Delay(Interval, clock, cancellation);
            now = await reader.FindStatusAsync(id, cancellation);
            if (now is { } changed && changed != last)
            {
                yield return Event(changed);
            }
        }
    }

    private static bool IsUnderWay(SubmissionStatus? status) => status is SubmissionStatus.Received or SubmissionStatus.Scoring;

    private static SseItem<string> Event(SubmissionStatus status) =>
        new(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString()), "status");
}
