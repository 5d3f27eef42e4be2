using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>Registers accounts and how people and programs sign in.</summary>
internal static class AccountServices
{
    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>The cookie of those who are signed in.</summary>
    public const string CookieName = "coos";

    private const string ByHeader = "coos";

    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosAccounts(this IServiceCollection services, CoosSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Viewer>() ?? Viewer.Anonymous
        );
        services.AddScoped(provider => new RequestOrigin(
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context && OpenAccess.IsFromHere(context)
        ));
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

    private static void AddCoosIdentity(this IServiceCollection services, CoosSettings settings)
    {
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services
            .AddIdentityCore<Account>(identity =>
            {
                // Length is what makes a password hard to guess; rules about its characters make it hard to remember.
                identity.Password = new PasswordOptions
                {
                    RequiredLength = 10,
                    RequiredUniqueChars = 4,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                identity.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5) };
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

    /// <summary>A closed account cannot sign in. (Identity asks here whether an account is confirmed; ours are by how they are made.)</summary>
    private sealed class OpenAccounts : IUserConfirmation<Account>
    {
        public Task<bool> IsConfirmedAsync(UserManager<Account> manager, Account user) => Task.FromResult(user.DisabledAt is null);
    }
}
