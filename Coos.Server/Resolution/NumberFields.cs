using System.Globalization;
using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Server.Resolution;

/// <summary>Reads the numbers of a form and collects what is wrong with them.</summary>
/// <param name="read">Returns the text of a field.</param>
internal sealed class NumberFields(Func<string, string> read)
{
    private readonly List<FieldProblem> _problems = [];

    /// <summary>The problems so far.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>Reads a text.</summary>
    public string ReadText(string name) => read(name).Trim();

    /// <summary>Reads a whole number in a range.</summary>
    public int ReadWhole(string name, string title, int minimum, int maximum)
    {
        var text = ReadText(name);
        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
        )
        {
            return value;
        }

        Report(
            name,
            string.Create(CultureInfo.InvariantCulture, $"{title} is {Found(text)}; write a whole number from {minimum:N0} to {maximum:N0}")
        );
        return minimum;
    }

    /// <summary>Reads a number between two limits, which are not allowed themselves.</summary>
    public double ReadBetween(string name, string title, double above, double below) =>
        Read(
            name,
            title,
            value => value > above && value < below,
            string.Create(CultureInfo.InvariantCulture, $"above {above} and below {below}")
        );

    /// <summary>Reads a number from 0 to 1.</summary>
    public double ReadShare(string name, string title) => Read(name, title, value => value is >= 0 and <= 1, "from 0 to 1");

    /// <summary>Adds a problem.</summary>
    public void Report(string name, string message) => _problems.Add(new FieldProblem(name, "bad-value", message));

    private double Read(string name, string title, Func<double, bool> isAllowed, string allowed)
    {
        var text = ReadText(name);
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            && isAllowed(value)
        )
        {
            return value;
        }

        Report(name, $"{title} is {Found(text)}; write a number {allowed}, with a point before decimals");
        return 0.5;
    }

    private static string Found(string text) => text.Length == 0 ? "empty" : $"\"{text.Shorten()}\"";
}
