using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements.Load;

/// <summary>What the rounds of a crash measurement found.</summary>
internal sealed class CrashTally
{
    private const string Depth = "coos_queue_depth";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many submissions were answered for.</summary>
    public int Answered { get; private set; }

    /// <summary>The longest time from a start until all of them were scored.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>What is wrong.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Adds a round.</summary>
    public void Add(int answered, TimeSpan scoredAfter, IEnumerable<string> problems)
    {
        Answered += answered;
        Longest = scoredAfter > Longest ? scoredAfter : Longest;
        Problems.AddRange(problems);
    }

    /// <summary>Waits until the server's own metrics say that nothing waits.</summary>
    public async Task AwaitQuietAsync(HttpClient client, int round)
    {
        var start = Stopwatch.GetTimestamp();
        while (await DepthAsync(client) is var depth and > 0)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                Problems.Add($"round {round}: {depth} submissions still wait");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<int> DepthAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync(new Uri("metrics", UriKind.Relative));
        var line = metrics.Split('\n').First(l => l.StartsWith(Depth, StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
