using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Onnx;
using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Coos.Measurements.Deep;

/// <summary>
/// <c>onnx-forward</c>: a saved deep baseline on the same images by ONNX Runtime in this process and by libtorch, in turn on the same
/// number of threads: durations, their ratio, and how the predictions differ.
/// </summary>
internal static class OnnxForwardMeasurement
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "compare", "pytorch_networks.py");

    // Builds of PyTorch without oneDNN, such as Debian's, take ten times as long.
    private const int MaxPythonRuns = 3;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A file of coos baseline run --save, or training/deeploc.safetensors" };
        var images = new Argument<string>("IMAGES") { Description = "An HDF5 file of images" };
        var count = new Option<int>("--images")
        {
            Description = "The number of images from the first; 0: all",
            DefaultValueFactory = _ => 1000,
        };
        var batch = new Option<int>("--batch") { Description = "The batch size of both", DefaultValueFactory = _ => 32 };
        var threads = new Option<int>("--threads")
        {
            Description = "The threads of both",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var python = new Option<string>("--python")
        {
            Description = "A Python interpreter with PyTorch, which then runs DeepLoc's network too; empty for none",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        var compact = new Option<bool>("--compact") { Description = "Compare the compact file" };
        var command = new Command("onnx-forward", "Compare an exported baseline in ONNX Runtime with libtorch, and with PyTorch")
        {
            model,
            images,
            count,
            batch,
            threads,
            compact,
            python,
        };
        command.SetAction(result =>
            Run(
                result.GetValue(model)!,
                result.GetValue(images)!,
                new Plan(result.GetValue(count), result.GetValue(batch), result.GetValue(threads), result.GetValue(compact)),
                result.GetValue(python)!
            )
        );
        return command;
    }

    private static int Run(string modelPath, string imagePath, Plan plan, string python)
    {
        TorchRuntime.Require();
        torch.set_num_threads(plan.Threads);
        using var set = ImageSet.Open(imagePath);
        using var model = DeepModel.Read(modelPath, torch.CPU);
        model.Require(set);
        using var onnx = OpenSession(model, plan);
        var (ours, theirs) = (new List<FeatureMatrix>(), new List<FeatureMatrix>());
        var (oursClock, theirsClock) = (new Stopwatch(), new Stopwatch());
        foreach (var (first, samples, shape) in Batches(set, plan))
        {
            var expected = Time(oursClock, first, plan, () => Predict(model, samples, shape));
            var actual = Time(theirsClock, first, plan, () => Predict(onnx, samples, shape));
            ours.Add(expected);
            theirs.Add(actual);
        }

        var images = ours.Sum(m => m.Rows);
        var timed = images - ours.Where((_, i) => i < Plan.WarmUp).Sum(m => m.Rows);
        Report("libtorch", oursClock, timed, plan);
        Report("ONNX Runtime", theirsClock, timed, plan);
        Write($"ratio of ONNX Runtime to libtorch: {theirsClock.Elapsed / oursClock.Elapsed:0.000}");
        ReportDifferences(ours, theirs, images);
        if (File.Exists(python) && model.Extractor.Description is { Family: "deeploc", Layer: null })
        {
            ComparePython(python, plan, timed, theirsClock.Elapsed.TotalMilliseconds / timed);
        }

        return 0;
    }

    private static InferenceSession OpenSession(DeepModel model, Plan plan)
    {
        var path = Path.Combine(Path.GetTempPath(), $"coos-onnx-{Environment.ProcessId}.onnx");
        try
        {
            Write($"{path}: {OnnxExport.Write(path, model, plan.IsCompact):N0} bytes, {OnnxExport.Describe(model)}");
            using var options = new SessionOptions { IntraOpNumThreads = plan.Threads, InterOpNumThreads = 1 };
            return new InferenceSession(path, options);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Cuts the images into batches, which are read before anything is timed.</summary>
    private static IEnumerable<(int First, float[] Samples, ImageShape Shape)> Batches(ImageSet set, Plan plan)
    {
        var count = plan.Images == 0 ? set.Shape.Count : Math.Min(plan.Images, set.Shape.Count);
        for (var first = 0; first < count; first += plan.Batch)
        {
            var block = set.Read(first, Math.Min(plan.Batch, count - first));
            yield return (first, block.Samples.ToArray(), block.Shape);
        }
    }

    /// <summary>Times a batch; the first ones, which allocate memory and choose kernels, are not counted.</summary>
    private static FeatureMatrix Time(Stopwatch clock, int first, Plan plan, Func<FeatureMatrix> work)
    {
        var isCounted = first >= Plan.WarmUp * plan.Batch;
        if (isCounted)
        {
            clock.Start();
        }

        var result = work();
        clock.Stop();
        return result;
    }

    private static FeatureMatrix Predict(DeepModel model, float[] samples, ImageShape shape)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var (extractor, length) = (model.Extractor, model.Extractor.InputLength(shape));
        var input = new float[shape.Count * length];
        Parallel.For(
            0,
            shape.Count,
            i =>
                extractor.Prepare(samples.AsSpan(i * shape.SamplesPerImage, shape.SamplesPerImage), shape, input.AsSpan(i * length, length))
        );
        var features = extractor.Extract(torch.tensor(input, [shape.Count, length]), shape).contiguous();
        return model.Predict(Matrix(shape.Count, features.data<float>().ToArray()));
    }

    private static FeatureMatrix Predict(InferenceSession session, float[] samples, ImageShape shape)
    {
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(samples, [shape.Count, shape.Channels, shape.Height, shape.Width]);
        using var outputs = session.Run(options, ["images"], [input], ["probabilities"]);
        return Matrix(shape.Count, outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    private static FeatureMatrix Matrix(int rows, float[] values) =>
        new(rows, values.Length / rows, [.. values.Select(value => (double)value)]);

    private static void Report(string name, Stopwatch clock, int images, Plan plan)
    {
        var seconds = clock.Elapsed.TotalSeconds;
        Write($"{name}: {images} images in batches of {plan.Batch} on {plan.Threads} threads: {seconds:0.00} s, {images / seconds:0.0}/s");
    }

    private static void ReportDifferences(List<FeatureMatrix> ours, List<FeatureMatrix> theirs, int images)
    {
        var pairs = ours.Zip(theirs).ToArray();
        var differences = pairs
            .SelectMany(p => p.First.Values.Zip(p.Second.Values, (a, b) => Math.Abs(a - b)).Chunk(p.First.Columns).Select(row => row.Max()))
            .ToArray();
        var same = pairs.Sum(p => Decision.Classes(p.First).Zip(Decision.Classes(p.Second)).Count(c => c.First == c.Second));
        var above = differences.Count(d => d > 1e-4);
        Write($"predictions of {images} images: the same class for {100.0 * same / images:0.00}%");
        Write($"largest difference of a probability {differences.Max():0.0e0}, above 1e-4 for {above} images");
    }

    private static void ComparePython(string python, Plan plan, int images, double ours)
    {
        string[] arguments =
        [
            Script,
            "deeploc-forward",
            .. new[] { Math.Clamp(images / plan.Batch, 1, MaxPythonRuns), plan.Batch, plan.Threads }.Select(n =>
                n.ToString(CultureInfo.InvariantCulture)
            ),
            Path.GetDirectoryName(Script)!,
        ];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (double.TryParse(output.Split(' ')[0], CultureInfo.InvariantCulture, out var median))
        {
            Write($"Python, median and fastest milliseconds per batch, without preprocessing: {output}");
            Write($"ratio of ONNX Runtime to PyTorch: {ours / (median / plan.Batch):0.000}");
        }
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <param name="Images">The number of images; 0: all.</param>
    /// <param name="Batch">The number of images per batch.</param>
    /// <param name="Threads">The number of threads.</param>
    /// <param name="IsCompact">Whether the file stores its largest layer in 16 bits.</param>
    private sealed record Plan(int Images, int Batch, int Threads, bool IsCompact)
    {
        /// <summary>The number of batches before the clocks start.</summary>
        public const int WarmUp = 2;
    }
}
