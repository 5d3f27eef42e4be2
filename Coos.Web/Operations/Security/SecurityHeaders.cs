using Microsoft.AspNetCore.CookiePolicy;
using NetEscapades.AspNetCore.SecurityHeaders.Headers.ContentSecurityPolicy;

namespace Coos.Web.Operations.Security;

/// <summary>What every answer tells the browser not to do, and how cookies are sent.</summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of Hangfire's pages: the same, and one style element of its chart library, known by its hash.</summary>
    public const string JobsPolicy = "jobs";

    /// <summary>The policy of the API's description: the same, and the style element in the logo that its script draws.</summary>
    private const string DescriptionPolicy = "description";

    private const string ChartStyle = "z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg=";
    private const string LogoStyle = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";
    private const int TwoYears = 2 * 365 * 24 * 60 * 60;

    /// <summary>Adds the headers.</summary>
    public static IServiceCollection AddCoosSecurityHeaders(this IServiceCollection services)
    {
        services
            .AddSecurityHeaderPolicies()
            .SetDefaultPolicy(headers => Describe(headers, style => style.Self()))
            .AddPolicy(JobsPolicy, headers => Describe(headers, style => style.Self().WithHash256(ChartStyle)))
            .AddPolicy(DescriptionPolicy, headers => Describe(headers, style => style.Self().WithHash256(LogoStyle)))
            // The description is no endpoint that could name its policy: MapSwaggerUI answers wrong addresses with an error.
            .SetPolicySelector(context =>
                context.HttpContext.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal)
                    ? context.ConfiguredPolicies[DescriptionPolicy]
                    : context.SelectedPolicy
            );
        services.Configure<CookiePolicyOptions>(options =>
        {
            options.HttpOnly = HttpOnlyPolicy.Always;
            options.MinimumSameSitePolicy = SameSiteMode.Lax;

            // Over plain HTTP only where the browser came by plain HTTP: on this machine, for development.
            options.Secure = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    /// <summary>
    /// Everything comes from this server and nothing stands inline, neither script nor style; data: is for the small
    /// pictures in the style sheets of the API's description.
    /// </summary>
    private static void Describe(HeaderPolicyCollection headers, Action<StyleSourceDirectiveBuilder> styles) =>
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
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(policy =>
            {
                policy.AddDefaultSecureDirectives();

                // Passkeys.
                policy.AddPublickeyCredentialsGet().Self();
                policy.AddPublickeyCredentialsCreate().Self();
            })
            .AddStrictTransportSecurityMaxAge(TwoYears);
}
