using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// The text of a prediction file as it was uploaded, for its owner and for later evaluators. It has its own table, so that
/// queries for prediction files do not load it.
/// </summary>
internal sealed class OriginalUpload
{
    public Guid PredictionFileId { get; init; }

    /// <summary>The text, compressed by <see cref="Submissions.OriginalText"/>.</summary>
    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OriginalUpload>
    {
        public void Configure(EntityTypeBuilder<OriginalUpload> builder) => builder.HasKey(o => o.PredictionFileId);
    }
}
