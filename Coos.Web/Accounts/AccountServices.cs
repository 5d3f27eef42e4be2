using System.Security.Cryptography;
using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>Registers the account services and the authentication schemes.</summary>
internal static class AccountServices
{
    /// <summary>The path of the sign-in page.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>The name of the sign-in cookie.</summary>
    public const string CookieName = "coos";

    private const string ByHeader = "coos";

    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosAccounts(this IServiceCollection services, CoosSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Viewer>() ?? Viewer.Anonymous
        );
        services.AddScoped(provider => OriginOf(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddSingleton<PasswordAttempts>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PasskeySignIn>();
        services.AddScoped<AccountSignIns>();
        services.AddSingleton<IRegistrationTickets, RegistrationTickets>();
        services.AddScoped<Notice>();
        services.AddHostedService<FirstOrganiserLink>();
        services.AddCoosIdentity(settings);
        services.AddCoosSignIn(settings);
        return services;
    }

    private static RequestOrigin OriginOf(HttpContext? context)
    {
        var address = context?.Connection.RemoteIpAddress;
        var key = address is null ? "" : Convert.ToHexStringLower(SHA256.HashData(address.GetAddressBytes()).AsSpan(0, 16));
        return new RequestOrigin(
            context is not null && OpenAccess.IsFromThisMachine(context),
            key,
            address is null ? null : SenderNetwork.WideOf(address)
        );
    }

    private static void AddCoosIdentity(this IServiceCollection services, CoosSettings settings)
    {
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services
            .AddIdentityCore<Account>(identity =>
            {
                // Length makes a password hard to guess; rules about characters only make it hard to remember.
                identity.Password = new PasswordOptions
                {
                    RequiredLength = 10,
                    RequiredUniqueChars = 4,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };

                // A lockout per account would let anyone who knows a public name lock its owner out; see PasswordAttempts.
                identity.Lockout.AllowedForNewUsers = false;
                identity.User.AllowedUserNameCharacters = "";
                identity.SignIn.RequireConfirmedAccount = true;
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddScoped<IUserConfirmation<Account>, OpenAccounts>();
        services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.ServerDomain = settings.PublicAddress?.Host);
    }

    private static void AddCoosSignIn(this IServiceCollection services, CoosSettings settings)
    {
        services.AddScoped<CookieEvents>();
        var schemes = services.AddAuthentication(ByHeader);
        schemes.AddPolicyScheme(
            ByHeader,
            null,
            scheme =>
                scheme.ForwardDefaultSelector = context =>
                    TokenAuthentication.IsFor(context) ? TokenAuthentication.Bearer : IdentityConstants.ApplicationScheme
        );
        schemes.AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Bearer, null);
        schemes.AddIdentityCookies();
        schemes.AddCoosOpenIdConnect(settings);
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.EventsType = typeof(CookieEvents);
        });
        services.AddScoped<IAuthorizationHandler, OrganiserHandler>();
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Policies.Organiser, policy => policy.RequireAuthenticatedUser().AddRequirements(new OrganiserRequirement()));
    }

    /// <summary>
    /// Keeps closed accounts from signing in. Identity uses this interface to check that an account is confirmed, which every
    /// COOS account is from its registration.
    /// </summary>
    private sealed class OpenAccounts : IUserConfirmation<Account>
    {
        public Task<bool> IsConfirmedAsync(UserManager<Account> manager, Account user) => Task.FromResult(user.DisabledAt is null);
    }
}
