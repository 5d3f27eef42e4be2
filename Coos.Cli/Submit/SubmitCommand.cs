using System.CommandLine;

namespace Coos.Cli.Submit;

/// <summary><c>coos submit</c>: sends prediction files to a server and waits for their scores.</summary>
internal static class SubmitCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliEnvironment environment)
    {
        var server = Text("--server", "The server's URL, such as http://localhost:5000", "URL", required: true);
        ServerAddress.Validate(server);
        var token = Text("--token", "Your API token, if the server requires one", "T");
        TokenOption.Validate(token);
        var benchmark = Text("--benchmark", "The benchmark's slug", "SLUG", required: true);
        var method = Text("--method", "The name of the method", "NAME", required: true);
        var submitter = Text("--submitter", "Your name; a server with accounts uses the account's name instead", "NAME");
        var description = Text("--description", "A few sentences about the method", "TEXT");
        var paper = Text("--paper-url", "The URL of the paper", "URL");
        var code = Text("--code-url", "The URL of the code", "URL");
        var visibility = Text("--visibility", "Who can see the submission", "public|private");
        visibility.AcceptOnlyFromAmong("public", "private");
        var externalData = new Option<bool?>("--external-data")
        {
            Description = "Whether the method was trained on more than the training split",
            HelpName = "true|false",
        };
        var run = Text("--run", "The run of the method, usually the seed; three or more runs make a method", "RUN");
        var protocol = new ProtocolOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only check the files; nothing is stored, and no quota is used" };
        var files = new Argument<SplitFile[]>("FILES")
        {
            Description = "test1=FILE test2=FILE ..., or predictions=FILE for a zip of all files; CSV, NumPy (.npy, .npz) or Parquet",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = SplitFile.ParseAll,
        };

        var command = new Command("submit", "Send prediction files to a server and wait for their scores")
        {
            server,
            token,
            benchmark,
            method,
            submitter,
            description,
            paper,
            code,
            visibility,
            externalData,
            run,
            dryRun,
            files,
        };
        protocol.AddTo(command);
        var wilds = new WildsOptions();
        wilds.AddTo(command, files, run);
        command.SetAction(
            (result, cancellation) =>
            {
                var form = new SubmissionUpload(
                    new Dictionary<string, string?>(protocol.Read(result))
                    {
                        ["benchmark"] = result.GetValue(benchmark),
                        ["method"] = result.GetValue(method),
                        ["submitter"] = result.GetValue(submitter),
                        ["description"] = result.GetValue(description),
                        ["paperUrl"] = result.GetValue(paper),
                        ["codeUrl"] = result.GetValue(code),
                        ["visibility"] = result.GetValue(visibility),
                        ["run"] = result.GetValue(run),
                        ["externalData"] = result.GetValue(externalData) switch
                        {
                            true => "true",
                            false => "false",
                            null => null,
                        },
                    },
                    result.GetValue(files) ?? []
                );
                var session = new SubmitSession(
                    ServerAddress.Parse(result.GetRequiredValue(server))!,
                    TokenOption.Clean(result.GetValue(token)),
                    environment,
                    result.InvocationConfiguration.Output,
                    result.InvocationConfiguration.Error
                );
                if (wilds.FindFolder(result) is { } folder)
                {
                    var configuration = result.InvocationConfiguration;
                    return new WildsSession(session, configuration.Output, configuration.Error).RunAsync(
                        folder,
                        wilds.Read(result),
                        form,
                        result.GetValue(dryRun),
                        cancellation
                    );
                }

                return result.GetValue(dryRun) ? session.ValidateAsync(form, cancellation) : session.SubmitAsync(form, cancellation);
            }
        );
        return command;
    }

    private static Option<string> Text(string name, string description, string help, bool required = false) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            Required = required,
        };
}
