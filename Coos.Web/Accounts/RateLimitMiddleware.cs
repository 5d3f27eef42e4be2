using System.Threading.RateLimiting;
using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;

namespace Coos.Web.Accounts;

/// <summary>
/// Limits all requests, and those that take long to compute, per token, account or IP address; and account forms per IP address.
/// </summary>
/// <remarks>
/// The middleware of ASP.NET Core creates a limiter that it never disposes, whose timer keeps a stopped server in memory.
/// </remarks>
internal sealed class RateLimitMiddleware(CoosSettings settings) : IMiddleware, IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _requests = Create(settings.Limits.Requests, IsCounted, SenderOf);
    private readonly PartitionedRateLimiter<HttpContext> _attempts = Create(settings.Limits.SignIns, IsAccountForm, AddressOf);
    private readonly PartitionedRateLimiter<HttpContext> _expensive = Create(
        settings.Limits.Expensive,
        EndpointPolicies.IsExpensive,
        SenderOf
    );

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var request = _requests.AttemptAcquire(context);
        using var attempt = request.IsAcquired ? _attempts.AttemptAcquire(context) : request;
        using var expensive = attempt.IsAcquired ? _expensive.AttemptAcquire(context) : attempt;
        if (expensive.IsAcquired)
        {
            await next(context);
        }
        else
        {
            await RespondAsync(context, expensive);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        _attempts.Dispose();
        _expensive.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> Create(
        int? limit,
        Func<HttpContext, bool> isCounted,
        Func<HttpContext, string> sender
    ) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            limit is { } permits && isCounted(context)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    sender(context),
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }
                )
                : RateLimitPartition.GetNoLimiter("")
        );

    /// <summary>
    /// Counts API calls, requests that change something and paths that do not exist, but not pages and their files, which a reader
    /// loads often.
    /// </summary>
    private static bool IsCounted(HttpContext context) =>
        context.GetEndpoint() is null
        || (context.IsMarked<ApiCall>() && !context.IsMarked<PageFileAttribute>())
        || !IsRead(context.Request.Method);

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static bool IsAccountForm(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.IsMarked<LimitedAttemptsAttribute>();

    private static string SenderOf(HttpContext context) =>
        context.Features.Get<Viewer>() switch
        {
            { TokenId: { } token } => $"token {token}",
            { AccountId: { } account } => $"account {account}",
            _ => AddressOf(context),
        };

    private static string AddressOf(HttpContext context) => $"address {SenderNetwork.Of(context.Connection.RemoteIpAddress)}";

    private static Task RespondAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return ProblemResponses.RespondAsync(context, TooManyRequests(seconds), seconds);
    }

    private static Refusal TooManyRequests(int seconds) =>
        new(
            RefusalKind.TooManyRequests,
            "Too many requests",
            $"Wait {seconds} seconds and send the request again. The header Retry-After has the same number."
        );
}
