using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Comparisons;
using Coos.Server.Configuration;
using Coos.Server.Consistencies;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Forecasts;
using Coos.Server.Images;
using Coos.Server.LabelErrors;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Changes;
using Coos.Server.Leaderboards.Final;
using Coos.Server.Leaderboards.Groups;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Methods;
using Coos.Server.Mixes;
using Coos.Server.Models;
using Coos.Server.Organisers;
using Coos.Server.Plates;
using Coos.Server.Resolution;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Coos.Server.Telemetry;
using Coos.Server.Webhooks;

namespace Coos.Server;

/// <summary>
/// Registers the server's services, one method per folder. The host registers the services that depend on HTTP: the viewer
/// and origin of a request (<see cref="Viewer"/>, <see cref="RequestOrigin"/>), the page cache (<see cref="IPageCache"/>),
/// Identity, and the registration tickets (<see cref="IRegistrationTickets"/>).
/// </summary>
internal static class ServerServices
{
    /// <summary>Adds the services and reads the benchmark folders.</summary>
    /// <exception cref="StartException">No benchmark folder is valid.</exception>
    public static IServiceCollection AddCoosServer(this IServiceCollection services, CoosSettings settings) =>
        services
            .AddSingleton(settings)
            .AddCoosData(settings)
            .AddSingleton<CoosMetrics>()
            .AddBenchmarks(settings)
            .AddAccounts()
            .AddDisclosures()
            .AddSubmissions()
            .AddCoosScoring(settings)
            .AddLeaderboards()
            .AddComparisons()
            .AddResolution()
            .AddMixes()
            .AddSingleton<ConsistencyStore>()
            .AddSingleton<ForecastReader>()
            .AddSingleton<ForecastStore>()
            .AddPlates()
            .AddImages()
            .AddLabelErrors()
            .AddModels(settings)
            .AddOrganisers()
            .AddCoosWebhooks(settings);

    private static IServiceCollection AddBenchmarks(this IServiceCollection services, CoosSettings settings) =>
        services
            .AddSingleton(BenchmarkCatalog.Read(settings))
            .AddSingleton<LabelStore>()
            .AddSingleton<LabelProblems>()
            .AddSingleton<PublicHashes>()
            .AddSingleton<SealedParts>()
            .AddSingleton<ReportedResultImport>()
            .AddSingleton<ClosedBenchmarks>()
            .AddHostedService<ClosingWatch>()
            .AddSingleton<ResultVersions>();

    private static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services
            .AddSingleton<ViewerReader>()
            .AddScoped<AuditLog>()
            .AddSingleton<Names>()
            .AddSingleton<NameUpdate>()
            .AddScoped<TeamService>()
            .AddScoped<TokenService>()
            .AddScoped<Registration>()
            .AddScoped<Participations>()
            .AddScoped<AccountMails>()
            .AddSingleton<MailRateLimiter>()
            .AddSingleton<MailQueue>()
            .AddHostedService(provider => provider.GetRequiredService<MailQueue>())
            .AddSingleton<FirstOrganiser>();

    private static IServiceCollection AddDisclosures(this IServiceCollection services) =>
        services
            .AddSingleton<DisclosureLimits>()
            .AddSingleton<AnswerLedger>()
            .AddSingleton<DisclosureBudgets>()
            .AddScoped<DetailedReports>();

    private static IServiceCollection AddSubmissions(this IServiceCollection services) =>
        services
            .AddSingleton<ValidationLimiter>()
            .AddSingleton<UploadLimiter>()
            .AddSingleton<ReceivedPredictions>()
            .AddSingleton<SubmissionIntake>()
            .AddSingleton<SubmissionStore>()
            .AddSingleton<UploadIntake>()
            .AddSingleton<UploadStore>()
            .AddScoped<UploadService>()
            .AddHostedService<UploadExpiry>()
            .AddSingleton<Quota>()
            .AddScoped<SubmissionReader>()
            .AddScoped<SubmissionGate>()
            .AddScoped<SubmissionChanges>()
            .AddScoped<SubmissionModeration>()
            .AddScoped<OwnSubmissions>()
            .AddScoped<OwnResults>()
            .AddScoped<AccountDeletion>();

    private static IServiceCollection AddLeaderboards(this IServiceCollection services) =>
        services
            .AddSingleton<LeaderboardReader>()
            .AddSingleton<IRankReader>(provider => provider.GetRequiredService<LeaderboardReader>())
            .AddSingleton<EvidenceReader>()
            .AddSingleton<RankTester>()
            .AddSingleton<BoardStore>()
            .AddSingleton<BoardGroupReader>()
            .AddSingleton<OrganiserBoard>()
            .AddSingleton<MethodBoardReader>()
            .AddSingleton<FinalRankingReader>()
            .AddSingleton<ChangeReader>();

    private static IServiceCollection AddComparisons(this IServiceCollection services) =>
        services.AddScoped<ComparisonService>().AddScoped<EntryList>();

    private static IServiceCollection AddResolution(this IServiceCollection services) => services.AddSingleton<ResolutionReader>();

    private static IServiceCollection AddMixes(this IServiceCollection services) =>
        services.AddSingleton<MixEvidence>().AddSingleton<MixService>().AddSingleton<MixPresets>();

    private static IServiceCollection AddPlates(this IServiceCollection services) =>
        services.AddSingleton<PositionTestStore>().AddSingleton<BoardPlateReader>().AddScoped<PlateReader>();

    private static IServiceCollection AddImages(this IServiceCollection services) =>
        services
            .AddSingleton<GalleryStore>()
            .AddHostedService<GalleryDrawing>()
            .AddSingleton<ImageFolders>()
            .AddSingleton<ImageStore>()
            .AddSingleton<IntensityWindows>()
            .AddSingleton<TileStore>()
            .AddSingleton<EntryPredictionStore>()
            .AddSingleton<HardnessStore>()
            .AddSingleton<ImageWells>()
            .AddSingleton<ImageArchive>()
            .AddSingleton<NearestStore>()
            .AddScoped<ImagePermissions>()
            .AddScoped<ImageLists>()
            .AddScoped<ImageReader>();

    private static IServiceCollection AddLabelErrors(this IServiceCollection services) =>
        services.AddSingleton<LabelErrorStore>().AddSingleton<LabelInfluenceStore>().AddScoped<LabelErrorReader>();

    private static IServiceCollection AddOrganisers(this IServiceCollection services) =>
        services
            .AddScoped<LabelUpload>()
            .AddSingleton<PendingLabelUploads>()
            .AddScoped<BenchmarkStates>()
            .AddScoped<BenchmarkClosure>()
            .AddScoped<DisclosureOverview>()
            .AddScoped<QuotaOverview>()
            .AddScoped<SubmissionOverview>()
            .AddScoped<AccountOverview>()
            .AddScoped<ParticipantAdministration>()
            .AddScoped<AccountAdministration>();
}
