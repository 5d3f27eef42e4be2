using System.CommandLine;
using Coos.Cli;

return await CoosCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
