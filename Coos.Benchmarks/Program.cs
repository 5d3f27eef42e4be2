using System.CommandLine;
using Coos.Benchmarks.Baselines;
using Coos.Benchmarks.Datasets;
using Coos.Benchmarks.Deep;
using Coos.Benchmarks.Fuzz;
using Coos.Benchmarks.Load;
using Coos.Benchmarks.Score;
using Coos.Benchmarks.Server;
using Coos.Benchmarks.Statistics;
using Coos.Shared.Datasets;

// A table of the measurements: one line each.
var root = new RootCommand("Measures COOS")
{
    ScoreCommand.Create(),
    PostCommand.Create(),
    UploadMemoryCommand.Create(),
    AcceptCommand.Create(),
    BoardCommand.Create(),
    RanksCommand.Create(),
    PagesCommand.Create(),
    CrashCommand.Create(),
    FuzzCommand.Create(),
    SimulateMeasurement.Create(),
    UnpackMeasurement.Create(),
    LabelsMeasurement.Create(),
    TextureMeasurement.Create(),
    ClassifierMeasurement.Create("knn"),
    ClassifierMeasurement.Create("l1lr"),
    ClassifierMeasurement.Create("forest"),
    NetworkMeasurement.Create("deeploc"),
    NetworkMeasurement.Create("vgg"),
    SearchMeasurement.Create(),
    IntervalsMeasurement.Create(),
    PairsMeasurement.Create(),
    CoverageMeasurement.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (DatasetException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
