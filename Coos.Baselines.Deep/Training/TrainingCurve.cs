using System.Globalization;
using System.Text;

namespace Coos.Baselines.Deep.Training;

/// <summary>The steps of a training as a table.</summary>
public static class TrainingCurve
{
    private const string Header = "step,loss,learning_rate,seconds,validation_loss,validation_error";

    /// <summary>Writes the table as CSV; fields that a step has not are empty.</summary>
    /// <param name="points">The steps.</param>
    public static string ToCsv(IEnumerable<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var p in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{p.Step},{p.Loss:R},{p.LearningRate:R},{p.Seconds:0.000},{p.ValidationLoss:R},{p.ValidationError:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <param name="csv">The table.</param>
    internal static List<CurvePoint> Parse(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
    {
        var fields = line.Split(',');
        return new CurvePoint(int.Parse(fields[0], CultureInfo.InvariantCulture), Number(fields[1]), Number(fields[2]), Number(fields[3]), Maybe(fields[4]), Maybe(fields[5]));
    })];

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private static double? Maybe(string field) => field.Length == 0 ? null : Number(field);
}
