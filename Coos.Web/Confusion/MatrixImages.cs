using Coos.Server.Images;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Confusion;

/// <summary>Links the cells of a confusion matrix to their images.</summary>
/// <param name="images">The images.</param>
/// <param name="permissions">Who may see them.</param>
internal sealed class MatrixImages(ImageStore images, ImagePermissions permissions)
{
    /// <summary>Finds the address of the images of a pair of classes.</summary>
    /// <returns>Null if the viewer may not see them with their labels, or they are not on the server.</returns>
    public async Task<Func<ClassLabel, ClassLabel, string>?> FindAddressAsync(
        BenchmarkFolder folder,
        Guid submission,
        string split,
        CancellationToken cancellation
    ) =>
        images.Has(folder, split)
        && permissions.MaySeeLabels(folder.Benchmark)
        && await permissions.RefuseAsync(folder.Benchmark, cancellation) is null
            ? (k, j) => $"{Addresses.EntryImages(submission, split)}?true={k.Index}&predicted={j.Index}"
            : null;
}
