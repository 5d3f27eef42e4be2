using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Training;
using Coos.Baselines.Deep.Vgg;
using TorchSharp;

namespace Coos.Measurements.Deep;

/// <summary>
/// <c>deeploc</c> and <c>vgg</c>: times a training step and feature extraction, and compares with PyTorch on the same number
/// of threads.
/// </summary>
internal static class NetworkMeasurement
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "compare", "pytorch_networks.py");

    /// <summary>Creates the command for a network.</summary>
    /// <param name="name">deeploc or vgg.</param>
    public static Command Create(string name)
    {
        var python = new Option<string>("--python")
        {
            Description = "A Python interpreter with PyTorch to compare with; empty for none",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        var batch = new Option<int>("--batch") { Description = "The batch size", DefaultValueFactory = _ => name == "deeploc" ? 128 : 32 };
        var runs = new Option<int>("--runs") { Description = "The number of runs", DefaultValueFactory = _ => 5 };
        var command = new Command(
            name,
            name == "deeploc" ? "Time a training step of DeepLoc" : "Time VGG19 conv3_3 features of 64x64 images"
        )
        {
            python,
            batch,
            runs,
        };
        var precision = new Option<Precision>("--precision") { Description = "single or mixed; PyTorch computes in single precision" };
        if (name == "deeploc")
        {
            command.Add(precision);
        }

        command.SetAction(result =>
            Run(
                name,
                result.GetValue(python)!,
                result.GetValue(batch),
                result.GetValue(runs),
                name == "deeploc" ? result.GetValue(precision) : default
            )
        );
        return command;
    }

    private static int Run(string name, string python, int batch, int runs, Precision precision)
    {
        TorchRuntime.Require();
        var times = name == "deeploc" ? DeepLoc(batch, runs, precision) : Vgg(batch, runs);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {batch} images, {precision.ToString().ToLowerInvariant()} precision, {torch.get_num_threads()} "
                    + $"threads: {times}; {times.Median / batch:0.00} ms per image; "
                    + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"
            )
        );
        if (File.Exists(python))
        {
            Compare(name, python, batch, runs, times.Median);
        }

        return 0;
    }

    private static Timings DeepLoc(int batch, int runs, Precision precision)
    {
        using var network = new DeepLocNetwork(2, 7) { Precision = precision };
        using var optimizer = torch.optim.Adam(network.parameters(), 1e-3, 0.9, 0.999);
        var (images, labels) = (torch.rand(batch, 2, 60, 60), torch.arange(batch) % 7);
        return Time(
            runs,
            () =>
            {
                optimizer.zero_grad();
                torch.nn.functional.cross_entropy(network.forward(images), labels).backward();
                optimizer.step();
            }
        );
    }

    private static Timings Vgg(int batch, int runs)
    {
        using var network = new VggNetwork(VggLayers.Vgg19, "conv3_3");
        using var gradients = torch.no_grad();
        var images = torch.rand(batch, 3, 64, 64);
        return Time(runs, () => network.forward(images).amax([2, 3]));
    }

    /// <summary>Times the runs. The first run is not counted, because it selects kernels and allocates memory.</summary>
    private static Timings Time(int runs, Action work) =>
        new(
            Enumerable
                .Range(0, runs + 1)
                .Select(_ =>
                {
                    using var scope = torch.NewDisposeScope();
                    var clock = Stopwatch.StartNew();
                    work();
                    return clock.Elapsed.TotalMilliseconds;
                })
                .ToArray()
                .Skip(1)
        );

    private static void Compare(string name, string python, int batch, int runs, double ours)
    {
        string[] arguments =
        [
            Script,
            name,
            .. new[] { runs, batch, torch.get_num_threads() }.Select(n => n.ToString(CultureInfo.InvariantCulture)),
            Path.GetDirectoryName(Script)!,
        ];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (double.TryParse(output.Split(' ')[0], CultureInfo.InvariantCulture, out var theirs))
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"Python, median and fastest: {output}\nratio of medians: {ours / theirs:0.00}")
            );
        }
    }
}
