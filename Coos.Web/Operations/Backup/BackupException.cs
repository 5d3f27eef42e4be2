namespace Coos.Web.Operations.Backup;

/// <summary>A backup cannot be made or restored; the message says why and what to do. Nothing was changed.</summary>
internal sealed class BackupException : Exception
{
    public BackupException()
    {
    }

    public BackupException(string message)
        : base(message)
    {
    }

    public BackupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
