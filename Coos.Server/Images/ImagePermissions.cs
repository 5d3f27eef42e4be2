using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Images;

/// <summary>
/// Decides who may see the images of a benchmark, and who may see their labels. An image beside its label, or sorted by what is right
/// and wrong, needs both.
/// </summary>
internal sealed class ImagePermissions(Viewer viewer, Participations participations)
{
    /// <summary>Returns the reason why the viewer may not see the images; null if they may.</summary>
    public async Task<Refusal?> RefuseAsync(Benchmark benchmark, CancellationToken cancellation) =>
        viewer.IsOrganiser || benchmark.Images == ImageAudience.Public ? null
        : benchmark.Images == ImageAudience.Organisers ? OrganisersOnly(benchmark)
        : !viewer.IsSignedIn ? SignInFirst(benchmark)
        : !participations.ViewerNeedsApproval(benchmark)
        || (await participations.FindAsync(benchmark, cancellation)).State == ParticipationState.Approved
            ? null
        : ParticipantsOnly(benchmark);

    /// <summary>Whether the viewer may see the label of each image of a split.</summary>
    public bool MaySeeLabels(Benchmark benchmark) => viewer.IsOrganiser || benchmark.LabelsPublic;

    /// <summary>Refuses what would tell the label of single images.</summary>
    public static Refusal LabelsAreSecret(Benchmark benchmark) =>
        new(
            RefusalKind.Forbidden,
            "Labels are secret",
            $"The labels of {benchmark.Name} are secret, and which images an entry gets wrong would reveal them. Organisers can see this."
        );

    private static Refusal OrganisersOnly(Benchmark benchmark) =>
        new(
            RefusalKind.Forbidden,
            "Images are not public",
            $"Only organisers can see the images of {benchmark.Name}, if they are on this server. The manifest can change this (images)."
        );

    private static Refusal SignInFirst(Benchmark benchmark) =>
        new(
            RefusalKind.SignInRequired,
            "Sign in to see images",
            $"The images of {benchmark.Name} are for its participants. Sign in at /account."
        );

    private static Refusal ParticipantsOnly(Benchmark benchmark) =>
        new(
            RefusalKind.Forbidden,
            "Approval required",
            $"The images of {benchmark.Name} are for its participants. Ask to take part at /benchmarks/{benchmark.Slug}/participation."
        );
}
