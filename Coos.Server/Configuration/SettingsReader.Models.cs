namespace Coos.Server.Configuration;

/// <summary>Reads the settings about models.</summary>
internal sealed partial class SettingsReader
{
    private enum SandboxSetting
    {
        Bubblewrap,
        None,
    }

    private ModelSettings ReadModels()
    {
        const string Key = "Coos:Models:Sandbox";
        const string Confirmation = "Coos:Models:RunWithoutSandbox";
        var usual = ModelSettings.Default;
        var isSandboxed = ReadEnum(Key, SandboxSetting.Bubblewrap) == SandboxSetting.Bubblewrap;
        if (!isSandboxed && !ReadBoolean(Confirmation))
        {
            _problems.Add(
                $"{Key}: is None, so a model that breaks out of the runtime could read the server's files; "
                    + $"set it to Bubblewrap; or, where only you send models, set also {Confirmation} to true"
            );
        }

        return new ModelSettings(
            ReadBoolean("Coos:Models:Enabled", usual.IsEnabled),
            isSandboxed,
            ReadNumber("Coos:Models:MaxBytes", usual.MaxBytes, 1024, 2_000_000_000),
            TimeSpan.FromSeconds(ReadNumber("Coos:Models:Seconds", (long)usual.Time.TotalSeconds, 1, 7 * 24 * 3600)),
            ReadNumber("Coos:Models:MemoryBytes", usual.MemoryBytes, 256 << 20, 1L << 44),
            (int)ReadNumber("Coos:Models:Threads", usual.Threads, 1, 1024)
        );
    }
}
