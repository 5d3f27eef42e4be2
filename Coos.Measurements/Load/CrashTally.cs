using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements.Load;

/// <summary>The results of the rounds of a crash measurement.</summary>
internal sealed class CrashTally
{
    private const string DepthMetric = "coos_queue_depth";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The number of submissions that the server accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>The longest time from a restart until all submissions were scored.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The problems found.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Adds the results of a round.</summary>
    public void Add(int accepted, TimeSpan scoredAfter, IEnumerable<string> problems)
    {
        Accepted += accepted;
        Longest = scoredAfter > Longest ? scoredAfter : Longest;
        Problems.AddRange(problems);
    }

    /// <summary>Waits until the server's metrics show an empty queue.</summary>
    public async Task WaitUntilIdleAsync(HttpClient client, int round)
    {
        var start = Stopwatch.GetTimestamp();
        while (await ReadQueueDepthAsync(client) is var depth and > 0)
        {
            if (Stopwatch.GetElapsedTime(start) > Timeout)
            {
                Problems.Add($"round {round}: {depth} submissions are still waiting");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<int> ReadQueueDepthAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync(new Uri("metrics", UriKind.Relative));
        var line = metrics.Split('\n').First(l => l.StartsWith(DepthMetric, StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
