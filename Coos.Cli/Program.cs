using Coos.Cli;

return await CommandLine.RunAsync(args, Console.Out, Console.Error, CliEnvironment.Default);
