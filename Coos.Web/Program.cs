using Coos.Web;
using Coos.Web.Configuration;

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
