using System.Threading.Channels;
using Coos.Server.Configuration;
using MailKit.Net.Smtp;
using MimeKit;

namespace Coos.Server.Accounts;

/// <summary>A mail.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">Plain text.</param>
internal sealed record Mail(string To, string Subject, string Text);

/// <summary>
/// Writes and sends mails one after the other, in the background: whether there is anything to send is found out there
/// too, so that the time of an answer does not tell it. One that cannot be sent is logged, without its address.
/// </summary>
internal sealed partial class MailQueue(
    CoosSettings settings,
    IServiceScopeFactory scopes,
    MailRateLimiter ration,
    ILogger<MailQueue> logger
) : BackgroundService
{
    private const int Capacity = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Channel<Func<AccountMails, Task<Mail?>>> _wishes = Channel.CreateBounded<Func<AccountMails, Task<Mail?>>>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Has a mail written and sent; none where what writes it returns null.</summary>
    public void Send(Func<AccountMails, Task<Mail?>> write) => _wishes.Writer.TryWrite(write);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var write in _wishes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAndSendAsync(write, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // What a mail server says often repeats the address.
                Log.NotSent(
                    logger,
                    e is SmtpCommandException refused
                        ? $"the mail server refused it ({refused.ErrorCode}, {(int)refused.StatusCode})"
                        : e.GetType().Name
                );
            }
        }
    }

    private async Task WriteAndSendAsync(Func<AccountMails, Task<Mail?>> write, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await write(scope.ServiceProvider.GetRequiredService<AccountMails>()) is { } mail && ration.TryTake(mail.To))
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
        [LoggerMessage(300, LogLevel.Error, "A mail about an account could not be sent: {Reason}; its receiver may ask for another")]
        public static partial void NotSent(ILogger logger, string reason);
    }
}
