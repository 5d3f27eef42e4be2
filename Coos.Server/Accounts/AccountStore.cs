using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Identity's store with its own context. Identity expects change tracking, which other contexts have turned off.</summary>
internal sealed class AccountStore : UserOnlyStore<Account, CoosDbContext, Guid>, IDisposable
{
    private bool _isDisposed;

    public AccountStore(IDbContextFactory<CoosDbContext> databases, IdentityErrorDescriber describer)
        : base(WithTracking(databases), describer) { }

    /// <remarks>
    /// The user manager disposes the store, and so does the request. Disposing a pooled context again would take it from the request that
    /// has it by then.
    /// </remarks>
    void IDisposable.Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
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
