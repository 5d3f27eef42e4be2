using System.Threading.Channels;
using Coos.Server.Configuration;
using MailKit.Net.Smtp;
using MailKit.Security;
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
    private const int ImplicitTlsPort = 465;
    private const string NoTls = "the mail server does not offer TLS (STARTTLS), which is required unless Coos:Mail:AllowPlainText is true";
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
                Log.NotSent(logger, DescribeFailure(e));
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
        await ConnectAsync(client, server, cancellation);
        if (server.User is not null)
        {
            await client.AuthenticateAsync(server.User, server.Password ?? "", cancellation);
        }

        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    /// <summary>
    /// Connects with TLS. A mail contains a link that resets a password, and anyone on the way could read it, or remove the
    /// server's offer of STARTTLS to be able to.
    /// </summary>
    private static async Task ConnectAsync(SmtpClient client, MailSettings server, CancellationToken cancellation)
    {
        try
        {
            await client.ConnectAsync(server.Host, server.Port, ChooseSecurity(server), cancellation);
        }
        catch (NotSupportedException e)
        {
            throw new SslHandshakeException(NoTls, e);
        }
    }

    /// <summary>Chooses how a mail server's TLS begins.</summary>
    internal static SecureSocketOptions ChooseSecurity(MailSettings server) =>
        server.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect
        : server.AllowsPlainText ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private static string DescribeFailure(Exception exception) =>
        exception switch
        {
            SmtpCommandException refused => $"the mail server rejected it ({refused.ErrorCode}, {(int)refused.StatusCode})",
            SslHandshakeException { InnerException: NotSupportedException } => NoTls,
            SslHandshakeException => "no TLS connection to the mail server; its certificate must be valid for Coos:Mail:Host",
            _ => exception.GetType().Name,
        };

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "Could not send an account mail: {Reason}; the recipient can request another one")]
        public static partial void NotSent(ILogger logger, string reason);
    }
}
