namespace Coos.Server.Configuration;

/// <summary>Who may read <c>/metrics</c>.</summary>
internal enum MetricsAccess
{
    /// <summary>Only requests from this machine.</summary>
    Loopback = 0,

    /// <summary>Any client that can reach the server.</summary>
    Anyone = 1,
}
