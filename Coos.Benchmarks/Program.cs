using System.CommandLine;

return await new RootCommand("Measures COOS").Parse(args).InvokeAsync();
