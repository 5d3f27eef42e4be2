using System.CommandLine;

namespace Coos.Cli.Submit;

/// <summary>The options of <c>coos submit</c> for a folder with predictions of the WILDS package.</summary>
internal sealed class WildsOptions
{
    private readonly Option<DirectoryInfo> _folder = new("--wilds")
    {
        Description = "A folder with the predictions of the WILDS package, in place of FILES; every seed is sent as a run of the method",
        HelpName = "DIR",
    };

    private readonly Option<string> _epoch = new("--wilds-epoch")
    {
        Description = "Which files of --wilds, if there are several per seed: the epoch in their names, such as best",
        HelpName = "E",
    };

    private readonly Option<string[]> _splits = new("--wilds-split")
    {
        Description = "The benchmark's split for a split of --wilds, if they are named differently, such as id_test=test1",
        HelpName = "WILDS=SPLIT",
    };

    private readonly Option<string[]> _skipped = new("--wilds-skip")
    {
        Description = "A split of --wilds that is not sent, such as val; may be repeated",
        HelpName = "WILDS",
    };

    private WildsOptions(string? epoch, IReadOnlyDictionary<string, string> splits, IReadOnlyList<string> skipped) =>
        (Epoch, Splits, Skipped) = (epoch, splits, skipped);

    /// <summary>Creates the options.</summary>
    public WildsOptions()
        : this(null, new Dictionary<string, string>(), [])
    {
        _folder.AcceptExistingOnly();
        _splits.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.Split('=') is not [{ Length: > 0 }, { Length: > 0 }]))
            {
                result.AddError($"--wilds-split {token.Value} must name two splits, such as id_test=test1");
            }
        });
    }

    /// <summary>The epoch of the files that are sent; null for all.</summary>
    public string? Epoch { get; }

    /// <summary>The benchmark's split for splits of WILDS that are named differently.</summary>
    public IReadOnlyDictionary<string, string> Splits { get; }

    /// <summary>Splits of WILDS that are not sent.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="files">Its files, in whose place the folder is.</param>
    /// <param name="run">Its option for the run, which the seeds tell.</param>
    public void AddTo(Command command, Argument<SplitFile[]> files, Option<string> run)
    {
        command.Add(_folder);
        command.Add(_epoch);
        command.Add(_splits);
        command.Add(_skipped);
        command.Validators.Add(result =>
        {
            var hasFiles = result.GetResult(files) is { Tokens.Count: > 0 };
            var hasFolder = result.GetResult(_folder) is { Implicit: false };
            if (hasFiles == hasFolder)
            {
                result.AddError(hasFiles ? "specify files or --wilds, not both" : "no file is specified; write test1=FILE, or --wilds DIR");
            }

            if (hasFolder && result.GetResult(run) is { Implicit: false })
            {
                result.AddError("--run cannot be combined with --wilds: the seeds are the runs");
            }
        });
    }

    /// <summary>Gets the folder; null if there is none.</summary>
    public string? FindFolder(ParseResult result) => result.GetValue(_folder)?.FullName;

    /// <summary>Reads the values of the command line.</summary>
    public WildsOptions Read(ParseResult result) =>
        new(
            result.GetValue(_epoch),
            (result.GetValue(_splits) ?? []).Select(s => s.Split('=')).GroupBy(s => s[0]).ToDictionary(g => g.Key, g => g.Last()[1]),
            result.GetValue(_skipped) ?? []
        );
}
