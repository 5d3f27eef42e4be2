using Coos.Server.Data;

namespace Coos.Web.Submissions;

/// <summary>The state of an account's request to take part in a benchmark.</summary>
/// <param name="Required">Whether the account needs an approval before it may submit.</param>
/// <param name="State">The state of its request.</param>
/// <param name="RequestedAt">When it asked, UTC; absent if it did not.</param>
/// <param name="DecidedAt">When an organiser last decided, UTC; absent if none has.</param>
internal sealed record ParticipationDocument(bool Required, ParticipationState State, DateTime? RequestedAt, DateTime? DecidedAt)
{
    /// <summary>Creates the document of a request.</summary>
    public static ParticipationDocument From(Participation participation, bool isRequired) =>
        new(isRequired, participation.State, participation.RequestedAt, participation.DecidedAt);
}

/// <summary>The body of a request to take part.</summary>
/// <param name="Message">What to tell the organisers, up to 1,000 characters.</param>
internal sealed record ParticipationRequest(string? Message);
