namespace Coos.Cli;

/// <summary>The external dependencies of the commands, which tests replace.</summary>
/// <param name="Http">Sends requests.</param>
/// <param name="PollInterval">The interval between two polls of a server.</param>
/// <param name="PollLimit">The maximum number of polls.</param>
internal sealed record CliEnvironment(HttpMessageHandler Http, TimeSpan PollInterval, int PollLimit)
{
    /// <summary>The environment of the program, which polls twice per second for ten minutes.</summary>
    public static CliEnvironment Default { get; } = new(new SocketsHttpHandler(), TimeSpan.FromMilliseconds(500), 1200);
}
