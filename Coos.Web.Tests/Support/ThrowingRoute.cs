using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coos.Web.Tests.Support;

/// <summary>Adds routes that throw unexpected exceptions at the end of the request pipeline.</summary>
internal sealed class ThrowingRoute : IStartupFilter
{
    public const string Secret = "the secret of line 17";

    public static void AddTo(IServiceCollection services) => services.AddSingleton<IStartupFilter, ThrowingRoute>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            next(app);
            app.Use(
                (context, others) =>
                    context.Request.Path.Value switch
                    {
                        "/api/throws" or "/throws" => throw new InvalidOperationException(Secret),
                        "/api/full" => throw new DbUpdateException(Secret, new SqliteException("database or disk is full", 13)),
                        "/full" => throw new DbUpdateException(
                            Secret,
                            new PostgresException(Secret, "ERROR", "ERROR", PostgresErrorCodes.DiskFull)
                        ),
                        _ => others(context),
                    }
            );
        };
}
