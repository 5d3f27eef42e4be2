using System.Globalization;
using Coos.Server.Problems;

namespace Coos.Web.Submissions;

/// <summary>Sets the response headers of refusals.</summary>
internal static class SubmissionRefusals
{
    /// <summary>Sets Retry-After to the seconds until the next quota slot.</summary>
    public static void SetRetryAfter(HttpContext context, Refusal? refusal)
    {
        if (refusal?.NextSlotAt is { } next)
        {
            var clock = context.RequestServices.GetRequiredService<TimeProvider>();
            var seconds = Math.Max(1, Math.Ceiling((next - clock.GetUtcNow().UtcDateTime).TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
