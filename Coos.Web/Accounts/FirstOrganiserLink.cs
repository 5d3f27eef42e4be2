using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Coos.Web.Accounts;

/// <summary>Logs the link that creates the first organiser, at each start until there is one.</summary>
internal sealed partial class FirstOrganiserLink(
    FirstOrganiser organiser,
    IHostApplicationLifetime lifetime,
    IServer server,
    CoosSettings settings,
    ILogger<FirstOrganiserLink> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var onStop = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;
        if (settings.IsWeb && await organiser.IsNeededAsync(stoppingToken))
        {
            var address =
                settings.PublicAddress?.ToString() ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
            Log.LinkCreated(logger, address.TrimEnd('/') + organiser.Path);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "There is no organiser yet. The first account to open this link becomes one: {Link}")]
        public static partial void LinkCreated(ILogger logger, string link);
    }
}
