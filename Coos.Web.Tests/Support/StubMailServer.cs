using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Coos.Web.Tests.Support;

/// <summary>A minimal SMTP server that keeps the received mail.</summary>
internal sealed class StubMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _mails = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public StubMailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Whether to reject every recipient, with the address in the reply as real servers do.</summary>
    public bool RejectsRecipients { get; init; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of mails that the test has not read.</summary>
    public int Waiting => _mails.Reader.Count;

    /// <summary>Waits at most 30 seconds for the next mail.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _mails.Reader.ReadAsync(timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await TalkAsync(reader, writer);
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 stub");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            await writer.WriteLineAsync(
                line switch
                {
                    "DATA" => "354 go on",
                    _ when RejectsRecipients && line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) =>
                        $"550 5.1.1 {line}: there is no such mailbox",
                    "QUIT" => "221 bye",
                    _ => "250 fine",
                }
            );
            if (line == "DATA")
            {
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".")
                {
                    mail.Append(text).Append("\r\n");
                }

                _mails.Writer.TryWrite(mail.ToString());
                await writer.WriteLineAsync("250 kept");
            }
        }
    }
}
