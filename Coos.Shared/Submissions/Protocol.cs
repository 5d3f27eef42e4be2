namespace Coos.Shared.Submissions;

/// <summary>
/// Which family a method belongs to, and how it was trained and tuned, as its submitter states it. Entries with different protocols
/// answer different questions, so the leaderboard can be filtered by it. What is not stated is null.
/// </summary>
public sealed record Protocol
{
    /// <summary>A protocol that states nothing.</summary>
    public static Protocol None { get; } = new();

    /// <summary>
    /// The family that the method belongs to, such as "ResNet" or "ViT". It chooses the marker of the entry in charts. At most 40
    /// characters.
    /// </summary>
    public string? Family { get; init; }

    /// <summary>The data of the pretraining, such as "ImageNet-1k"; "none" for none. At most 100 characters.</summary>
    public string? Pretraining { get; init; }

    /// <summary>The number of images that it was trained on, without pretraining; from 0.</summary>
    public long? TrainingImages { get; init; }

    /// <summary>Whether the predictions are of several trained models together.</summary>
    public bool? Ensemble { get; init; }

    /// <summary>Whether the model was adapted to the test images, without their labels.</summary>
    public bool? TestTimeAdaptation { get; init; }

    /// <summary>The data that its options were chosen on.</summary>
    public TunedOn? TunedOn { get; init; }

    /// <summary>The number of trained parameters, from 0.</summary>
    public long? Parameters { get; init; }

    /// <summary>Whether nothing is stated.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => this == None;
}

/// <summary>The data that the options of a method were chosen on.</summary>
public enum TunedOn
{
    /// <summary>The training split only, for example by cross-validation.</summary>
    Training,

    /// <summary>Also the scores on the reference split.</summary>
    Reference,

    /// <summary>Also the scores on other test splits, or other data.</summary>
    Other,
}
