using Coos.Server.Configuration;
using Coos.Web;
using Coos.Web.Operations;

if (args is ["admin", .. var rest])
{
    return await AdminCommand.RunAsync(rest);
}

try
{
    var app = CoosServer.Build(args);
    await CoosServer.PrepareAsync(app);
    await app.RunAsync();
    return 0;
}
catch (StartException e)
{
    await Console.Error.WriteLineAsync($"COOS cannot start:\n{e.Message}");
    return 1;
}
