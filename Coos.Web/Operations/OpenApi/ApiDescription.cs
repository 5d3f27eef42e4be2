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
            + "Every error is a problem document (RFC 9457) that says what was found, where, and what to do.",
        License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
    };
}
