namespace Coos.Server.Data.Backup;

/// <summary>A backup cannot be created or restored. The message says why and what to do. Nothing was changed.</summary>
public sealed class BackupException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public BackupException() { }

    /// <inheritdoc cref="Exception()"/>
    public BackupException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception()"/>
    public BackupException(string message, Exception innerException)
        : base(message, innerException) { }
}
