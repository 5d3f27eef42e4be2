using System.CommandLine;
using System.Globalization;

namespace Coos.Cli.Submit;

/// <summary>The options of <c>coos submit</c> that name the family of a method, and say how it was trained and tuned.</summary>
internal sealed class ProtocolOptions
{
    private readonly Option<string> _family = new("--family")
    {
        Description = "The family of the method, such as ResNet; it chooses the marker in charts",
        HelpName = "TEXT",
    };

    private readonly Option<string> _pretraining = new("--pretraining")
    {
        Description = "The data of the pretraining, such as ImageNet-1k; none for none",
        HelpName = "TEXT",
    };

    private readonly Option<long?> _trainingImages = new("--training-images")
    {
        Description = "The number of training images, without pretraining",
        HelpName = "N",
    };

    private readonly Option<bool?> _ensemble = new("--ensemble")
    {
        Description = "Whether the predictions are of several trained models together",
        HelpName = "true|false",
    };

    private readonly Option<bool?> _testTimeAdaptation = new("--test-time-adaptation")
    {
        Description = "Whether the model was adapted to the test images, without their labels",
        HelpName = "true|false",
    };

    private readonly Option<string> _tunedOn = new("--tuned-on")
    {
        Description = "The data that the options were chosen on",
        HelpName = "training|reference|other",
    };

    private readonly Option<long?> _parameters = new("--parameters") { Description = "The number of trained parameters", HelpName = "N" };

    /// <summary>Creates the options.</summary>
    public ProtocolOptions() => _tunedOn.AcceptOnlyFromAmong("training", "reference", "other");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_family, _pretraining, _trainingImages, _ensemble, _testTimeAdaptation, _tunedOn, _parameters])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the form fields of the given options.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Read(ParseResult result) =>
        [
            new("family", result.GetValue(_family)),
            new("pretraining", result.GetValue(_pretraining)),
            new("trainingImages", Text(result.GetValue(_trainingImages))),
            new("ensemble", Text(result.GetValue(_ensemble))),
            new("testTimeAdaptation", Text(result.GetValue(_testTimeAdaptation))),
            new("tunedOn", result.GetValue(_tunedOn)),
            new("parameters", Text(result.GetValue(_parameters))),
        ];

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool? flag) =>
        flag switch
        {
            true => "true",
            false => "false",
            null => null,
        };
}
