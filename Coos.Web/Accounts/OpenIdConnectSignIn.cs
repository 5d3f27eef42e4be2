using Coos.Server.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Coos.Web.Accounts;

/// <summary>Registers sign-in through an OpenID Connect provider, if one is configured.</summary>
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

                // The provider responds with a GET, because browsers do not send SameSite=Lax cookies with a cross-site POST.
                // SameAsRequest also allows http on localhost.
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
