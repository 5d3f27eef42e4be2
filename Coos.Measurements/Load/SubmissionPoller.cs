using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Coos.Measurements.Load;

/// <summary>Polls a server for the status of submissions.</summary>
internal static class SubmissionPoller
{
    private const int Concurrency = 8;

    /// <summary>Waits until all given submissions are scored.</summary>
    /// <returns>The submissions that were not scored in time, with their last status.</returns>
    public static async Task<IReadOnlyList<string>> WaitUntilScoredAsync(HttpClient client, IEnumerable<Guid> ids, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        var waiting = ids.ToDictionary(id => id, _ => "not requested");
        while (waiting.Count > 0)
        {
            await Parallel.ForEachAsync(
                waiting.Keys.ToArray(),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
                async (id, cancellation) =>
                {
                    var state = await ReadStateAsync(client, id, cancellation);
                    lock (waiting)
                    {
                        if (state == "scored")
                        {
                            waiting.Remove(id);
                        }
                        else
                        {
                            waiting[id] = state;
                        }
                    }
                }
            );
            if (Stopwatch.GetElapsedTime(start) > timeout)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return [.. waiting.Select(w => $"{w.Key}: {w.Value}")];
    }

    private static async Task<string> ReadStateAsync(HttpClient client, Guid id, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(new Uri($"api/submissions/{id}", UriKind.Relative), cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return $"status {(int)response.StatusCode}";
        }

        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        return document.RootElement.GetProperty("status").GetString()!;
    }
}
