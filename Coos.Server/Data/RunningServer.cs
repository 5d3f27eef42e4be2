using System.Diagnostics;
using System.Globalization;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;

namespace Coos.Server.Data;

/// <summary>How messages name a server that holds the <see cref="RunLock"/>: <c>process 1234 (web,evaluator)</c>.</summary>
internal static class RunningServer
{
    /// <summary>Describes this process.</summary>
    public static string Describe(CoosSettings settings)
    {
        string[] roles =
        [
            .. settings.IsWeb ? ["web"] : Array.Empty<string>(),
            .. settings.IsEvaluator ? ["evaluator"] : Array.Empty<string>(),
            .. settings.IsRunner ? ["runner"] : Array.Empty<string>(),
        ];
        return string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({string.Join(',', roles)})");
    }

    /// <summary>Whether the described process runs on this machine.</summary>
    public static bool IsAlive(string description)
    {
        if (description.Split(' ') is not ["process", var id, ..] || !int.TryParse(id, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(number);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It runs as another user.
            return true;
        }
    }

    /// <summary>Creates the error of a restore.</summary>
    public static BackupException RefuseRestore(IReadOnlyList<string> servers) =>
        new(
            $"A COOS server runs on this database: {(servers.Count > 0 ? string.Join(", ", servers) : "in another container")}. "
                + "Nothing was changed. Stop all servers of this database (web and evaluator), such as with systemctl stop coos, "
                + "then restore again"
        );
}
