using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Accounts;

/// <summary>Endpoints that the account pages use: WebAuthn options for passkeys, and the redirect to an OpenID Connect provider.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this WebApplication app)
    {
        var group = app.MapGroup("/account").ExcludeFromDescription().WithMetadata(new LimitedAttemptsAttribute());
        group.MapPost("/passkeys/creation", GetCreationOptionsAsync).RequireAuthorization();
        group.MapPost("/passkeys/request", GetRequestOptionsAsync);

        // Differs from /account/external, the page after the sign-in: forms of that page post to its own path.
        group.MapPost("/provider", ChallengeProvider);
    }

    private static async Task<IResult> GetCreationOptionsAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SignInManager<Account> signIn,
        Viewer viewer
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        var entity = new PasskeyUserEntity
        {
            Id = viewer.AccountId!.Value.ToString(),
            Name = viewer.Name!,
            DisplayName = viewer.Name!,
        };
        return TypedResults.Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    /// <summary>The options name no account, so the device offers every passkey that it has for this server.</summary>
    private static async Task<IResult> GetRequestOptionsAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SignInManager<Account> signIn
    ) =>
        await antiforgery.IsRequestValidAsync(context)
            ? TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : TypedResults.BadRequest();

    /// <summary>
    /// Redirects to the provider. A signed-in user gets the provider linked to their account on return. The request carries
    /// the id of the account that started it, so another account cannot complete it.
    /// </summary>
    private static Results<ChallengeHttpResult, NotFound> ChallengeProvider(
        [FromForm] string? returnUrl,
        SignInManager<Account> signIn,
        Viewer viewer,
        CoosSettings settings
    )
    {
        if (settings.OpenIdConnect is null)
        {
            return TypedResults.NotFound();
        }

        var back = $"/account/external?returnUrl={Uri.EscapeDataString(ReturnAddress.Of(returnUrl))}";
        return TypedResults.Challenge(
            signIn.ConfigureExternalAuthenticationProperties(OpenIdConnectSignIn.Scheme, back, viewer.AccountId?.ToString()),
            [OpenIdConnectSignIn.Scheme]
        );
    }
}
