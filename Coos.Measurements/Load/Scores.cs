using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Coos.Measurements.Load;

/// <summary>Asks a server what became of submissions.</summary>
internal static class Scores
{
    private const int AtOnce = 8;

    /// <summary>Waits until all of some submissions are scored.</summary>
    /// <returns>Those that are not in time, with what the server says of them.</returns>
    public static async Task<IReadOnlyList<string>> AwaitAsync(HttpClient client, IEnumerable<Guid> ids, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        var waiting = ids.ToDictionary(id => id, _ => "not asked");
        while (waiting.Count > 0)
        {
            await Parallel.ForEachAsync(
                waiting.Keys.ToArray(),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (id, cancellation) =>
                {
                    var state = await StateAsync(client, id, cancellation);
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
            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return [.. waiting.Select(w => $"{w.Key}: {w.Value}")];
    }

    private static async Task<string> StateAsync(HttpClient client, Guid id, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri($"api/submissions/{id}", UriKind.Relative), cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return $"answered {(int)answer.StatusCode}";
        }

        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        return document.RootElement.GetProperty("status").GetString()!;
    }
}
