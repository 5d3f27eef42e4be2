using System.CommandLine;
using Coos.Measurements.Arrays;
using Coos.Measurements.Baselines;
using Coos.Measurements.Bombs;
using Coos.Measurements.Datasets;
using Coos.Measurements.Deep;
using Coos.Measurements.Dials;
using Coos.Measurements.Disclosures;
using Coos.Measurements.Fuzz;
using Coos.Measurements.Gallery;
using Coos.Measurements.LabelErrors;
using Coos.Measurements.Load;
using Coos.Measurements.Score;
using Coos.Measurements.Server;
using Coos.Measurements.Statistics;
using Coos.Shared.Datasets;

var root = new RootCommand("Measures COOS")
{
    ScoreSpeedCommand.Create(),
    ArraysMeasurement.Create(),
    ManyClassMeasurement.Create(),
    PostCommand.Create(),
    UploadMemoryCommand.Create(),
    AcceptCommand.Create(),
    BoardCommand.Create(),
    RanksCommand.Create(),
    PagesCommand.Create(),
    CrashCommand.Create(),
    FuzzCommand.Create(),
    BombsCommand.Create(),
    SimulateMeasurement.Create(),
    ImagesMeasurement.Create(),
    GalleryCommand.Create(),
    LabelErrorsMeasurement.Create(),
    UnpackMeasurement.Create(),
    LabelsMeasurement.Create(),
    TextureMeasurement.Create(),
    ClassifierMeasurement.Create("knn"),
    ClassifierMeasurement.Create("l1lr"),
    ClassifierMeasurement.Create("forest"),
    NetworkMeasurement.Create("deeploc"),
    NetworkMeasurement.Create("vgg"),
    OnnxForwardMeasurement.Create(),
    SearchMeasurement.Create(),
    IntervalsMeasurement.Create(),
    PairsMeasurement.Create(),
    MixesMeasurement.Create(),
    KappasMeasurement.Create(),
    KappaCommand.Create(),
    DialsMeasurement.Create(),
    ForecastsMeasurement.Create(),
    CoverageMeasurement.Create(),
    AttackMeasurement.Create(),
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
