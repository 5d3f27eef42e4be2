using System.Text;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary>
/// Creates submissions like those of a full board: methods of different accuracy, in many versions that differ on few
/// images. Pairs range from clearly different to a difference of a few images.
/// </summary>
internal sealed class MethodVersions
{
    private const int Methods = 50;
    private const double WorstAccuracy = 0.5;
    private const double BestAccuracy = 0.99;
    private const int LargestDifference = 400;

    private readonly (string Name, byte[] Truth)[] _splits;

    /// <summary>Reads the labels of a benchmark.</summary>
    public MethodVersions(ServerBenchmark benchmark, IEnumerable<string> splits) =>
        _splits = [
            .. splits.Select(s =>
                (s, File.ReadLines(Path.Combine(benchmark.Path, "labels", s + ".csv")).Skip(1).Select(l => (byte)(l[^1] - '0')).ToArray())
            ),
        ];

    /// <summary>Creates the form of one submission.</summary>
    /// <param name="number">
    /// The number of the submission. Each number gives different predictions; versions of one method are 50 apart.
    /// </param>
    public MultipartFormDataContent CreateForm(int number)
    {
        var (method, version) = (number % Methods, number / Methods);
        var form = ServerBenchmark.CreateFields($"method {method}, version {version}");
        foreach (var (name, truth) in _splits)
        {
            form.Add(new ByteArrayContent(FormatRows(truth, method, version)), name, name + ".csv");
        }

        return form;
    }

    private static byte[] FormatRows(byte[] truth, int method, int version)
    {
        var accuracy = WorstAccuracy + ((BestAccuracy - WorstAccuracy) * method / (Methods - 1));
        var (ofMethod, ofVersion) = (new Random(method), new Random((1000 * version) + method));
        bool[] isRight = [.. truth.Select(_ => ofMethod.NextDouble() < accuracy)];
        for (var changes = version == 0 ? 0 : ofVersion.Next(1, LargestDifference); changes > 0; changes--)
        {
            isRight[ofVersion.Next(truth.Length)] ^= true;
        }

        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < truth.Length; i++)
        {
            text.Append(i)
                .Append(',')
                .Append((char)('0' + (isRight[i] ? truth[i] : (truth[i] + 1) % ServerBenchmark.Classes)))
                .Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
