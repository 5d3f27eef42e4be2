using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A random key that all processes of a database share. It is as secret as the labels in the same database.</summary>
internal sealed class ServerSecret
{
    public const int NameLength = 50;

    public required string Name { get; init; }

    public required byte[] Value { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ServerSecret>
    {
        public void Configure(EntityTypeBuilder<ServerSecret> builder)
        {
            builder.HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(NameLength);
        }
    }
}
