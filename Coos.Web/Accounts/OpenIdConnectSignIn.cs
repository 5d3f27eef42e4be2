using Coos.Server.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Coos.Web.Accounts;

/// <summary>Lets an OpenID Connect provider sign people in, where one is configured.</summary>
internal static class OpenIdConnectSignIn
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "oidc";

    /// <summary>Adds the scheme.</summary>
    public static void AddCoosOpenIdConnect(this AuthenticationBuilder schemes, CoosSettings settings)
    {
        if (settings.OpenIdConnect is not { } provider)
        {
            return;
        }

        schemes.AddOpenIdConnect(
            Scheme,
            provider.Name,
            options =>
            {
                options.SignInScheme = IdentityConstants.ExternalScheme;
                options.Authority = provider.Authority.ToString();
                options.RequireHttpsMetadata = !provider.Authority.IsLoopback;
                options.ClientId = provider.ClientId;
                options.ClientSecret = provider.ClientSecret;
                options.ResponseType = OpenIdConnectResponseType.Code;
                options.UsePkce = true;
                options.SaveTokens = false;
                options.MapInboundClaims = true;
                options.CallbackPath = "/account/oidc";

                // The provider's answer is a GET, for a cookie with SameSite=Lax to come with it; http works on this machine.
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.CorrelationCookie.SameSite = SameSiteMode.Lax;
                options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.NonceCookie.SameSite = SameSiteMode.Lax;
                options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    context.Response.Redirect(AccountServices.SignInPath + "?external=failed");
                    return Task.CompletedTask;
                };
            }
        );
    }
}
