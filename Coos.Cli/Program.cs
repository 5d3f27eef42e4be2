using System.CommandLine;
using Coos.Cli;

const int WrongArguments = 2;
var parsed = CoosCommand.Create().Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? WrongArguments : exitCode;
