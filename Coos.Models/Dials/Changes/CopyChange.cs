namespace Coos.Models.Dials.Changes;

/// <summary>Changes nothing.</summary>
internal sealed class CopyChange(ChangedImage shape) : IImageChange
{
    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        image.CopyTo(changed);
    }
}
