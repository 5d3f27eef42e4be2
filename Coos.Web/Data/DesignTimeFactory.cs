using Coos.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Coos.Web.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> make a context without starting the server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CoosDbContext>
{
    public CoosDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CoosDbContext>()
            .UseSqlite("Data Source=:memory:")
            .UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(AccountServices.UseLatestTables).BuildServiceProvider())
            .Options);
}
