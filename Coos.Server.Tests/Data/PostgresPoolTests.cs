using Coos.Server.Data;
using Npgsql;

namespace Coos.Server.Tests.Data;

/// <summary>Several processes share the 100 connections of a PostgreSQL server.</summary>
public sealed class PostgresPoolTests
{
    private const int ServerMaxConnections = 100;

    [Fact]
    public void Three_processes_fit_the_default_connection_limit()
    {
        const string Text = "Host=database;Database=coos;Username=coos";
        const int Listener = 1;
        const int RunLock = 1;

        var perProcess =
            new NpgsqlConnectionStringBuilder(PostgresPools.ForData(Text)).MaxPoolSize
            + new NpgsqlConnectionStringBuilder(PostgresPools.ForJobs(Text)).MaxPoolSize
            + Listener
            + RunLock;

        Assert.Equal(32, perProcess);
        Assert.InRange(3 * perProcess, 3, ServerMaxConnections - 3);
        Assert.InRange(PostgresPools.GetMaxWriters(Text), 1, PostgresPools.DataPoolSize - 1);
    }

    [Theory]
    [InlineData("Maximum Pool Size=50", 50, 10, 46)]
    [InlineData("MaxPoolSize=6", 6, 6, 2)]
    [InlineData("Maximum Pool Size=1;Minimum Pool Size=1", 1, 1, 1)]
    public void Pool_sizes_follow_the_connection_string(string size, int data, int jobs, int writers)
    {
        var text = $"Host=database;Database=coos;Timeout=7;{size}";

        var given = new NpgsqlConnectionStringBuilder(PostgresPools.ForData(text));

        Assert.Equal((data, 7), (given.MaxPoolSize, given.Timeout));
        Assert.Equal(jobs, new NpgsqlConnectionStringBuilder(PostgresPools.ForJobs(text)).MaxPoolSize);
        Assert.Equal(writers, PostgresPools.GetMaxWriters(text));
    }

    [Fact]
    public void Only_the_queue_commits_asynchronously()
    {
        const string Text = "Host=database;Database=coos;Options=-c statement_timeout=5s";

        Assert.Equal("-c statement_timeout=5s", new NpgsqlConnectionStringBuilder(PostgresPools.ForData(Text)).Options);
        Assert.Equal(
            "-c statement_timeout=5s -c synchronous_commit=off",
            new NpgsqlConnectionStringBuilder(PostgresPools.ForJobs(Text)).Options
        );
    }
}
