using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The text of a prediction file as it was sent, for its owner and for later evaluators. A table of its own, so that no query reads it by the way.</summary>
internal sealed class OriginalUpload
{
    public Guid PredictionFileId { get; init; }

    /// <summary>The text, packed by <see cref="Submissions.OriginalText"/>.</summary>
    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OriginalUpload>
    {
        public void Configure(EntityTypeBuilder<OriginalUpload> builder) => builder.HasKey(o => o.PredictionFileId);
    }
}
