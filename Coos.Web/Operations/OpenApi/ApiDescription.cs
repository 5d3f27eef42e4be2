using Microsoft.OpenApi;

namespace Coos.Web.Operations.OpenApi;

/// <summary>The general information in the OpenAPI description.</summary>
internal static class ApiDescription
{
    public static OpenApiInfo Info { get; } =
        new()
        {
            Title = "COOS API",
            Version = "v1",
            Description =
                "Submit predictions and read scores, confusion matrices and leaderboards. "
                + "Fractions are 0..1, times are UTC in ISO 8601, names are camelCase. "
                + "Every error is a problem document (RFC 9457) that says what was found, where, and what to do. "
                + "[The guide](/docs/api) shows complete examples in curl, Python and R. "
                + "[The file format](/docs/formats) lists every rule. "
                + "Public results can be read without a token. Create tokens on [your account page](/account).",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

    /// <summary>How a program authenticates.</summary>
    public static OpenApiSecurityScheme Token { get; } =
        new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API token, created on the account page and sent as `Authorization: Bearer TOKEN`.",
        };

    /// <summary>The name of <see cref="Token"/> in the description.</summary>
    public const string TokenName = "token";
}
