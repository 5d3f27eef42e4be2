using System.Threading.Channels;
using Coos.Web.Configuration;
using MailKit.Net.Smtp;
using MimeKit;

namespace Coos.Web.Accounts;

/// <summary>A mail.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">Plain text.</param>
internal sealed record Mail(string To, string Subject, string Text);

/// <summary>Sends mails one after the other, in the background. One that cannot be sent is logged, without its address.</summary>
internal sealed partial class MailQueue(CoosSettings settings, ILogger<MailQueue> logger) : BackgroundService
{
    private const int Capacity = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Channel<Mail> _mails = Channel.CreateBounded<Mail>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has a mail sent.</summary>
    public void Send(Mail mail) => _mails.Writer.TryWrite(mail);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mail in _mails.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(settings.Mail!, mail, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.NotSent(logger, e, mail.Subject);
            }
        }
    }

    private static async Task SendAsync(MailSettings server, Mail mail, CancellationToken cancellation)
    {
        using var message = new MimeMessage { Subject = mail.Subject, Body = new TextPart("plain") { Text = mail.Text } };
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
        [LoggerMessage(300, LogLevel.Error, "The mail \"{Subject}\" could not be sent; its receiver may ask for another")]
        public static partial void NotSent(ILogger logger, Exception exception, string subject);
    }
}
