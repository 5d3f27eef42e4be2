using Microsoft.AspNetCore.CookiePolicy;
using NetEscapades.AspNetCore.SecurityHeaders.Headers.ContentSecurityPolicy;

namespace Coos.Web.Operations.Security;

/// <summary>Configures the security headers of all responses and the policy for cookies.</summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of the Hangfire dashboard: also allows one style element of its chart library, by hash.</summary>
    public const string JobsPolicy = "jobs";

    /// <summary>The policy of pictures that other sites may embed: badges in READMEs and previews of links.</summary>
    public const string EmbeddablePolicy = "embeddable";

    /// <summary>The policy of Swagger UI: also allows the style element of its logo, by hash.</summary>
    private const string DescriptionPolicy = "description";

    private const string ChartStyle = "z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg=";
    private const string LogoStyle = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";
    private const int TwoYears = 2 * 365 * 24 * 60 * 60;

    /// <summary>What no page may use. A name that Chromium does not know would be a warning in the console of every page.</summary>
    private static readonly string[] DeniedFeatures =
    [
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "sync-xhr",
        "usb",
        "xr-spatial-tracking",
    ];

    /// <summary>Adds the headers.</summary>
    public static IServiceCollection AddCoosSecurityHeaders(this IServiceCollection services)
    {
        services
            .AddSecurityHeaderPolicies()
            .SetDefaultPolicy(headers => Describe(headers, style => style.Self()))
            .AddPolicy(JobsPolicy, headers => Describe(headers, style => style.Self().WithHash256(ChartStyle)))
            .AddPolicy(EmbeddablePolicy, headers => Describe(headers, style => style.Self(), isEmbeddable: true))
            .AddPolicy(DescriptionPolicy, headers => Describe(headers, style => style.Self().WithHash256(LogoStyle)))
            // Swagger UI is middleware, so it has no endpoint to attach a policy to. MapSwaggerUI would create one, but it
            // responds to wrong paths with an error.
            .SetPolicySelector(context =>
                context.HttpContext.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal)
                    ? context.ConfiguredPolicies[DescriptionPolicy]
                    : context.SelectedPolicy
            );
        services.Configure<CookiePolicyOptions>(options =>
        {
            options.HttpOnly = HttpOnlyPolicy.Always;
            options.MinimumSameSitePolicy = SameSiteMode.Lax;

            // Cookies work over plain HTTP only if the request used plain HTTP, as in local development.
            options.Secure = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    /// <summary>
    /// Allows only resources of this server, and no inline scripts or styles. The source data: is for the small images in the
    /// style sheets of Swagger UI.
    /// </summary>
    private static void Describe(HeaderPolicyCollection headers, Action<StyleSourceDirectiveBuilder> styles, bool isEmbeddable = false) =>
        headers
            .AddContentSecurityPolicy(policy =>
            {
                policy.AddDefaultSrc().None();
                policy.AddScriptSrc().Self();
                styles(policy.AddStyleSrc());
                policy.AddImgSrc().Self().Data();
                policy.AddFontSrc().Self();
                policy.AddConnectSrc().Self();
                policy.AddManifestSrc().Self();
                policy.AddFormAction().Self();
                policy.AddBaseUri().Self();
                policy.AddFrameAncestors().None();
            })
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicyStrictOriginWhenCrossOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy =>
            {
                if (isEmbeddable)
                {
                    policy.CrossOrigin();
                }
                else
                {
                    policy.SameOrigin();
                }
            })
            .AddPermissionsPolicy(policy =>
            {
                foreach (var feature in DeniedFeatures)
                {
                    policy.AddCustomFeature(feature).None();
                }

                // Passkeys.
                policy.AddPublickeyCredentialsGet().Self();
                policy.AddPublickeyCredentialsCreate().Self();
            })
            .AddStrictTransportSecurityMaxAge(TwoYears);
}
