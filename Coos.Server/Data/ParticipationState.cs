namespace Coos.Server.Data;

/// <summary>Whether an account may take part in a benchmark.</summary>
internal enum ParticipationState
{
    /// <summary>It has not asked to take part.</summary>
    None = 0,

    /// <summary>It asked, and no organiser has decided yet.</summary>
    Requested = 1,

    /// <summary>An organiser approved it.</summary>
    Approved = 2,

    /// <summary>An organiser rejected its request, or withdrew the approval.</summary>
    Rejected = 3,
}
