using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A local OpenID Connect provider with the parts that the code flow needs. It signs in <see cref="Subject"/> without a page,
/// checks client secret and PKCE, and signs its tokens.
/// </summary>
internal sealed class StubOpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "coos-client";
    public const string ClientSecret = "coos-secret";

    private readonly ConcurrentDictionary<string, Grant> _grants = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private StubOpenIdProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", Describe);
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
    }

    /// <summary>The subject that is signed in at the provider; null if the user denies access.</summary>
    public string? Subject { get; set; } = "subject-1";

    /// <summary>The audience of the tokens. The server must reject any other than its client id.</summary>
    public string Audience { get; set; } = ClientId;

    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>The settings of a server that trusts this provider.</summary>
    public string[] Settings =>
        [
            $"--Coos:OpenIdConnect:Authority={Address}",
            $"--Coos:OpenIdConnect:ClientId={ClientId}",
            $"--Coos:OpenIdConnect:ClientSecret={ClientSecret}",
            "--Coos:OpenIdConnect:Name=Institute",
        ];

    public static async Task<StubOpenIdProvider> StartAsync()
    {
        var provider = new StubOpenIdProvider();
        await provider._app.StartAsync();
        provider.Address = new Uri(
            provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private object Describe() =>
        new
        {
            issuer = Address.ToString(),
            authorization_endpoint = new Uri(Address, "authorize"),
            token_endpoint = new Uri(Address, "token"),
            jwks_uri = new Uri(Address, "keys"),
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        };

    private object PublicKey()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = "stub",
            n = Base64UrlEncoder.Encode(key.Modulus),
            e = Base64UrlEncoder.Encode(key.Exponent),
        };
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
        {
            return Results.BadRequest("not as a client of this provider asks");
        }

        var result = new Dictionary<string, string?> { ["state"] = query["state"] };
        if (Subject is null)
        {
            result["error"] = "access_denied";
        }
        else
        {
            result["code"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
            _grants[result["code"]!] = new Grant(Subject, query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, result));
    }

    /// <summary>Exchanges a code once, and only with the client's secret, redirect address and PKCE verifier.</summary>
    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (
            !_grants.TryRemove(form["code"].ToString(), out var grant)
            || form["client_secret"] != ClientSecret
            || form["redirect_uri"] != grant.Redirect
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge
        )
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Address.ToString(),
                Audience = Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddMinutes(5),
                Claims = new Dictionary<string, object> { ["sub"] = grant.Subject, ["nonce"] = grant.Nonce },
                SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = "stub" }, SecurityAlgorithms.RsaSha256),
            }
        );
        return Results.Json(
            new
            {
                access_token = "not used",
                token_type = "Bearer",
                expires_in = 300,
                id_token = token,
            }
        );
    }

    private sealed record Grant(string Subject, string Nonce, string Challenge, string Redirect);
}
