using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Identity's store with its own context. Identity expects change tracking, which other contexts have turned off.</summary>
internal sealed class AccountStore : UserOnlyStore<Account, CoosDbContext, Guid>, IDisposable
{
    public AccountStore(IDbContextFactory<CoosDbContext> databases, IdentityErrorDescriber describer)
        : base(WithTracking(databases), describer) { }

    void IDisposable.Dispose()
    {
        Dispose();
        Context.Dispose();
    }

    private static CoosDbContext WithTracking(IDbContextFactory<CoosDbContext> databases)
    {
        var database = databases.CreateDbContext();
        database.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return database;
    }
}
