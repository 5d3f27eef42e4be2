using System.Net;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A body that records whether the client sent it. Send it with <c>Expect: 100-continue</c>.</summary>
internal sealed class WatchedBody : HttpContent
{
    private readonly int _length;

    public WatchedBody(string type, int length)
    {
        _length = length;
        Headers.TryAddWithoutValidation("Content-Type", type);
    }

    public bool IsSent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        IsSent = true;
        await stream.WriteAsync(new byte[_length], TestContext.Current.CancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
