using System.Diagnostics;
using System.Text.Json;

namespace Coos.Measurements.Load;

/// <summary>
/// Simulates concurrent submitters. With a rate, each sends at fixed times, and response times are measured from the
/// scheduled time, so that a server that falls behind cannot hide it. Without a rate, each sends as soon as it has its
/// response.
/// </summary>
internal sealed class Submitters(HttpClient client, SubmissionTemplate template, int count, int firstNumber = 0)
{
    private int _number = firstNumber;

    /// <summary>Sends submissions for the given duration.</summary>
    /// <param name="time">The duration.</param>
    /// <param name="rate">Total submissions per second; 0 for as many as possible.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public async Task<LoadResult> RunAsync(TimeSpan time, double rate, CancellationToken cancellation)
    {
        var result = new LoadResult();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => SubmitAsync(i, start, time, rate, result, cancellation)));
        return result;
    }

    private async Task SubmitAsync(int submitter, long start, TimeSpan time, double rate, LoadResult result, CancellationToken cancellation)
    {
        for (var turn = 0; !cancellation.IsCancellationRequested; turn++)
        {
            var due = rate > 0 ? TimeSpan.FromSeconds((submitter + ((double)turn * count)) / rate) : Stopwatch.GetElapsedTime(start);
            if (due >= time)
            {
                return;
            }

            var early = due - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var status = await SendAsync(result, cancellation);
            result.Add(status, (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds, due);
        }
    }

    private async Task<int> SendAsync(LoadResult result, CancellationToken cancellation)
    {
        try
        {
            using var form = template.CreateForm(Interlocked.Increment(ref _number));
            using var response = await client.PostAsync(new Uri("api/submissions", UriKind.Relative), form, cancellation);
            if (response.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
                result.Accepted.Add(document.RootElement.GetProperty("id").GetGuid());
            }

            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return 0;
        }
    }
}
