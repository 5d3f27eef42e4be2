using System.Globalization;
using System.Text;

namespace Coos.Baselines.Deep.Training;

/// <summary>Reads and writes the steps of a training run as a table.</summary>
public static class TrainingCurve
{
    private const string Header = "step,loss,learning_rate,seconds,validation_loss,validation_error";

    /// <summary>Formats the steps as CSV; missing values are empty.</summary>
    /// <param name="points">The steps.</param>
    public static string ToCsv(IEnumerable<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var p in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{p.Step},{p.Loss:R},{p.LearningRate:R},{p.Seconds:0.000},");
            text.Append(CultureInfo.InvariantCulture, $"{p.ValidationLoss:R},{p.ValidationError:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Parses the format of <see cref="ToCsv"/>.</summary>
    /// <param name="csv">The table.</param>
    internal static List<CurvePoint> Parse(string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => ParseLine(line.Split(',')))];

    private static CurvePoint ParseLine(string[] fields) =>
        new(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            ParseNumber(fields[1]),
            ParseNumber(fields[2]),
            ParseNumber(fields[3]),
            ParseOptional(fields[4]),
            ParseOptional(fields[5])
        );

    private static double ParseNumber(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private static double? ParseOptional(string field) => field.Length == 0 ? null : ParseNumber(field);
}
