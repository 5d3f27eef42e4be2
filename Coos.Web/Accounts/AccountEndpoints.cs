using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Accounts;

/// <summary>What the account pages need that is no page: the browser's part of passkeys, and the way to an OpenID Connect provider.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this WebApplication app)
    {
        var group = app.MapGroup("/account").ExcludeFromDescription();
        group.MapPost("/passkeys/creation", CreationAsync).RequireAuthorization();
        group.MapPost("/passkeys/request", RequestAsync);

        // Not the address of the page that people come back to: a form there would come here.
        group.MapPost("/provider", External);
    }

    private static async Task<IResult> CreationAsync(
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

    /// <summary>Names no account: whichever passkey the device has for this server is good.</summary>
    private static async Task<IResult> RequestAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<Account> signIn) =>
        await antiforgery.IsRequestValidAsync(context)
            ? TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : TypedResults.BadRequest();

    /// <summary>
    /// To the provider. Whoever is signed in has it linked to their account when they come back; that it is this account
    /// which asked is kept with the request, so that nobody comes back with what another began.
    /// </summary>
    private static Results<ChallengeHttpResult, NotFound> External(
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
