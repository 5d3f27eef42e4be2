using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A part of a model file.</summary>
internal sealed class ModelChunk
{
    /// <summary>The size of all parts but the last, in bytes.</summary>
    public const int Size = 4 << 20;

    public Guid ModelId { get; init; }

    /// <summary>The place of the part, from 0.</summary>
    public int Index { get; init; }

    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ModelChunk>
    {
        public void Configure(EntityTypeBuilder<ModelChunk> builder)
        {
            builder.ToTable("ModelChunks");
            builder.HasKey(c => new { c.ModelId, c.Index });
            builder.HasOne<StoredModel>().WithMany().HasForeignKey(c => c.ModelId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
