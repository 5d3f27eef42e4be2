namespace Coos.Models.Protocol;

/// <summary>The reasons why a model cannot be run. Nothing else of what happens in the sandbox reaches the submitter.</summary>
public static class ModelProblemCodes
{
    /// <summary>The file is not an ONNX model, is damaged, or is larger or deeper than a model can be.</summary>
    public const string InvalidModel = "invalid-model";

    /// <summary>The weights are in other files.</summary>
    public const string ExternalData = "external-data";

    /// <summary>An operator or its version is unknown to the runtime, or is a custom one.</summary>
    public const string UnsupportedOperator = "unsupported-operator";

    /// <summary>The input has another shape, type or number than the contract says.</summary>
    public const string WrongInput = "wrong-input";

    /// <summary>The output has another shape, type or number than the contract says, or is not finite.</summary>
    public const string WrongOutput = "wrong-output";

    /// <summary>The model needs more memory than it may have.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>The model needs more time than it may have.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>The runtime ended while it ran the model.</summary>
    public const string Crashed = "crashed";

    /// <summary>All codes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [InvalidModel, ExternalData, UnsupportedOperator, WrongInput, WrongOutput, OutOfMemory, TooSlow, Crashed];
}
