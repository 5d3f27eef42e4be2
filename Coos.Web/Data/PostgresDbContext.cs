using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Data;

/// <summary>The same model on PostgreSQL. A type of its own, for EF Core keeps a set of migrations for each type of context.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : CoosDbContext(options);
