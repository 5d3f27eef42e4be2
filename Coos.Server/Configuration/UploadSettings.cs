namespace Coos.Server.Configuration;

/// <summary>The limits of uploads that are received at the same time.</summary>
/// <param name="MaxConcurrent">Uploads on the whole server.</param>
/// <param name="MaxConcurrentPerSender">Uploads of one account, or of one address without an account.</param>
/// <param name="MaxSpooledBytes">The bytes of all of them, which large ones keep on disk.</param>
internal sealed record UploadSettings(int MaxConcurrent, int MaxConcurrentPerSender, long MaxSpooledBytes)
{
    /// <summary>The limits unless the settings have others.</summary>
    public static UploadSettings Default { get; } = new(256, 4, 2L << 30);
}
