using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Identity's store with a context of its own that tracks what it reads, as Identity expects and our readers do not.</summary>
internal sealed class AccountStore : UserOnlyStore<Account, CoosDbContext, Guid>, IDisposable
{
    public AccountStore(IDbContextFactory<CoosDbContext> databases, IdentityErrorDescriber describer)
        : base(Tracking(databases), describer) { }

    void IDisposable.Dispose()
    {
        Dispose();
        Context.Dispose();
    }

    private static CoosDbContext Tracking(IDbContextFactory<CoosDbContext> databases)
    {
        var database = databases.CreateDbContext();
        database.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return database;
    }
}
