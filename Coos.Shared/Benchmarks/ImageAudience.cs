namespace Coos.Shared.Benchmarks;

/// <summary>Who may see the images of a benchmark that are on the server.</summary>
public enum ImageAudience
{
    /// <summary>Organisers only.</summary>
    Organisers = 0,

    /// <summary>Accounts that may take part in the benchmark, and organisers.</summary>
    Participants = 1,

    /// <summary>Everyone.</summary>
    Public = 2,
}
