using System.Globalization;

namespace Coos.Web.Components;

/// <summary>Sizes of files and memory in words.</summary>
internal static class Bytes
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>Writes a size with the unit that keeps it below 1,024, such as <c>3.4 MB</c>.</summary>
    public static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{value.ToString(value < 10 && unit > 0 ? "0.#" : "N0", CultureInfo.InvariantCulture)} {Units[unit]}"
        );
    }
}
