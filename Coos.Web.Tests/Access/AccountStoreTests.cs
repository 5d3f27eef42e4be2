using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>The database context of the accounts, which comes from a pool.</summary>
public sealed class AccountStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The user manager and the request both dispose the store. In between, another request may get its context.</summary>
    [Fact]
    public async Task A_store_that_is_disposed_twice_does_not_end_the_work_of_others()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var databases = server.Services.GetRequiredService<IDbContextFactory<CoosDbContext>>();
        await using var scope = server.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserStore<Account>>();
        store.Dispose();
        var others = new List<CoosDbContext>();
        for (var i = 0; i < 100; i++)
        {
            others.Add(await databases.CreateDbContextAsync(Cancellation));
        }

        store.Dispose();

        foreach (var other in others)
        {
            Assert.Equal(0, await other.Users.CountAsync(Cancellation));
            await other.DisposeAsync();
        }
    }
}
