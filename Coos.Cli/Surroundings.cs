namespace Coos.Cli;

/// <summary>What the commands need of the world outside, so that tests can stand in for it.</summary>
/// <param name="Http">Sends requests.</param>
/// <param name="PollInterval">How long to wait before asking a server again.</param>
/// <param name="PollLimit">How many times to ask.</param>
internal sealed record Surroundings(HttpMessageHandler Http, TimeSpan PollInterval, int PollLimit)
{
    /// <summary>The real ones: asks twice a second for ten minutes.</summary>
    public static Surroundings Real { get; } = new(new SocketsHttpHandler(), TimeSpan.FromMilliseconds(500), 1200);
}
