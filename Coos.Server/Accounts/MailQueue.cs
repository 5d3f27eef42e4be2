using System.Threading.Channels;
using Coos.Server.Configuration;
using MailKit.Net.Smtp;
using MimeKit;

namespace Coos.Server.Accounts;

/// <summary>A mail to one recipient.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body, as plain text.</param>
internal sealed record Mail(string To, string Subject, string Text);

/// <summary>
/// Writes and sends mails one after the other in the background. It also determines there whether a mail is sent at all, so
/// that the duration of a request does not reveal it. A mail that cannot be sent is logged without its address.
/// </summary>
internal sealed partial class MailQueue(
    CoosSettings settings,
    IServiceScopeFactory scopes,
    MailRateLimiter limiter,
    ILogger<MailQueue> logger
) : BackgroundService
{
    private const int Capacity = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Channel<Func<AccountMails, Task<Mail?>>> _requests = Channel.CreateBounded<Func<AccountMails, Task<Mail?>>>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Queues a mail. Nothing is sent if <paramref name="write"/> returns null.</summary>
    public void Enqueue(Func<AccountMails, Task<Mail?>> write) => _requests.Writer.TryWrite(write);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var write in _requests.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAndSendAsync(write, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The mail server's message is not logged, because it often contains the address.
                Log.NotSent(
                    logger,
                    e is SmtpCommandException refused
                        ? $"the mail server rejected it ({refused.ErrorCode}, {(int)refused.StatusCode})"
                        : e.GetType().Name
                );
            }
        }
    }

    private async Task WriteAndSendAsync(Func<AccountMails, Task<Mail?>> write, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await write(scope.ServiceProvider.GetRequiredService<AccountMails>()) is { } mail && limiter.TryTake(mail.To))
        {
            await SendAsync(settings.Mail!, mail, cancellation);
        }
    }

    private static async Task SendAsync(MailSettings server, Mail mail, CancellationToken cancellation)
    {
        using var message = new MimeMessage
        {
            Subject = mail.Subject,
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(MailboxAddress.Parse(server.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        await client.ConnectAsync(server.Host, server.Port, MailKit.Security.SecureSocketOptions.Auto, cancellation);
        if (server.User is not null)
        {
            await client.AuthenticateAsync(server.User, server.Password ?? "", cancellation);
        }

        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "Could not send an account mail: {Reason}; the recipient can request another one")]
        public static partial void NotSent(ILogger logger, string reason);
    }
}
