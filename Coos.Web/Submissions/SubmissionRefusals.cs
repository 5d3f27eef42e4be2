using System.Globalization;
using Coos.Server.Problems;

namespace Coos.Web.Submissions;

/// <summary>What a refusal adds to the answer's headers.</summary>
internal static class SubmissionRefusals
{
    /// <summary>Says when to try again, in whole seconds.</summary>
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
