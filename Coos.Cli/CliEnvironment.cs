namespace Coos.Cli;

/// <summary>The external dependencies of the commands, which tests replace.</summary>
/// <param name="Http">Sends requests.</param>
/// <param name="PollInterval">How long to wait before asking a server again.</param>
/// <param name="PollLimit">How many times to ask at most.</param>
internal sealed record CliEnvironment(HttpMessageHandler Http, TimeSpan PollInterval, int PollLimit)
{
    /// <summary>The environment of the program: it asks twice a second for ten minutes.</summary>
    public static CliEnvironment Default { get; } = new(new SocketsHttpHandler(), TimeSpan.FromMilliseconds(500), 1200);
}
