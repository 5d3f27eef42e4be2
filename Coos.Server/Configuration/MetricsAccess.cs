namespace Coos.Server.Configuration;

/// <summary>Who may read <c>/metrics</c>.</summary>
internal enum MetricsAccess
{
    /// <summary>This machine.</summary>
    Loopback = 0,

    /// <summary>Whoever reaches the server.</summary>
    Anyone = 1,
}
