using System.Globalization;
using System.Threading.RateLimiting;
using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Web.Operations;

namespace Coos.Web.Accounts;

/// <summary>Registers rate limits: all requests per token, account or IP address, and account forms per IP address.</summary>
internal static class RateLimitServices
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Adds the configured limits.</summary>
    public static IServiceCollection AddCoosRateLimits(this IServiceCollection services, CoosSettings settings) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    LimitOf(context, settings.Limits.Requests, IsCounted, SenderOf)
                ),
                PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    LimitOf(context, settings.Limits.SignIns, IsAccountForm, AddressOf)
                )
            );
            options.OnRejected = (context, _) => AnswerAsync(context.HttpContext, context.Lease);
        });

    private static RateLimitPartition<string> LimitOf(
        HttpContext context,
        int? limit,
        Func<HttpRequest, bool> isCounted,
        Func<HttpContext, string> sender
    ) =>
        limit is { } permits && isCounted(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(
                sender(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }
            )
            : RateLimitPartition.GetNoLimiter("");

    /// <summary>Counts API calls and requests that change something, but not pages and their files, which a reader loads often.</summary>
    private static bool IsCounted(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static bool IsAccountForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/account", StringComparison.Ordinal);

    private static string SenderOf(HttpContext context) =>
        context.Features.Get<Viewer>() switch
        {
            { TokenId: { } token } => $"token {token}",
            { AccountId: { } account } => $"account {account}",
            _ => AddressOf(context),
        };

    private static string AddressOf(HttpContext context) => $"address {SenderNetwork.Of(context.Connection.RemoteIpAddress)}";

    private static async ValueTask AnswerAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        // Outside the API, the error page shows the message. It is rendered as a GET and does not read the posted form.
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await ProblemAnswers.Of(TooManyRequests(seconds)).ExecuteAsync(context);
        }
        else
        {
            context.Request.Method = HttpMethods.Get;
        }
    }

    private static Refusal TooManyRequests(int seconds) =>
        new(
            RefusalKind.TooManyRequests,
            "Too many requests",
            $"Wait {seconds} seconds and send the request again. The header Retry-After has the same number."
        );
}
