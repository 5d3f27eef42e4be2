using Coos.Shared.Datasets.Pictures;

namespace Coos.Web.Images;

/// <summary>A channel in the scale of a contact sheet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Its colour at full brightness, as <c>#rrggbb</c>.</param>
/// <param name="Low">The raw intensity that is black.</param>
/// <param name="High">The raw intensity of full brightness.</param>
/// <param name="Left">The left end of its bar, in units.</param>
internal sealed record SheetChannel(string Name, string Colour, string Low, string High, double Left)
{
    /// <summary>The colour in which a channel is drawn.</summary>
    /// <param name="index">Its place among the drawn channels.</param>
    /// <param name="count">The number of drawn channels; one is grey.</param>
    public static string ColourOf(int index, int count)
    {
        if (count == 1)
        {
            return "#ffffff";
        }

        var rgb = Tile.Mix([.. Enumerable.Range(0, count).Select(c => new[] { c == index ? byte.MaxValue : byte.MinValue })]);
        return $"#{Convert.ToHexStringLower(rgb)}";
    }
}
