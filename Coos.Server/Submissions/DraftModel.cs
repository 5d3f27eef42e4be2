namespace Coos.Server.Submissions;

/// <summary>A model file that is stored and checked, for a submission that is not stored yet.</summary>
/// <param name="Id">The id of the stored model.</param>
/// <param name="Hash">The SHA-256 hash of the file.</param>
internal sealed record DraftModel(Guid Id, string Hash);
