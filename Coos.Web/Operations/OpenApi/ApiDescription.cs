using Microsoft.OpenApi;

namespace Coos.Web.Operations.OpenApi;

/// <summary>What the API says about itself.</summary>
internal static class ApiDescription
{
    public static OpenApiInfo Info { get; } = new()
    {
        Title = "COOS API",
        Version = "v1",
        Description =
            "Submit predictions of images that a classifier has not seen, and read scores, confusion matrices and leaderboards. "
            + "Fractions are 0..1, times are UTC in ISO 8601, names are camelCase. "
            + "Every error is a problem document (RFC 9457) that says what was found, where, and what to do. "
            + "[The guide](/docs/api) goes from files to numbers in curl, Python and R; [the format of files](/docs/formats) has every rule. "
            + "Reading public results needs no token; a token is made on [your account's page](/account).",
        License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
    };

    /// <summary>How a program says whose it is.</summary>
    public static OpenApiSecurityScheme Token { get; } = new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        Description = "An API token, made on the account's page; sent as `Authorization: Bearer TOKEN`.",
    };

    /// <summary>The name of <see cref="Token"/> in the description.</summary>
    public const string TokenName = "token";
}
