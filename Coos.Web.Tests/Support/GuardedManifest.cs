namespace Coos.Web.Tests.Support;

/// <summary>Guards the tiny benchmark of a server. It has too few images for a sealed part.</summary>
internal static class GuardedManifest
{
    /// <summary>Writes the manifest before the server starts.</summary>
    /// <param name="server">The server.</param>
    /// <param name="properties">More properties of the manifest, without a comma around them; empty for none.</param>
    public static Task WriteAsync(TestServer server, string properties = "") =>
        server.ReplaceInManifestAsync(
            "\"disclosure\": \"open\"",
            "\"disclosure\": \"guarded\", \"sealed\": { \"share\": 0 }" + (properties.Length > 0 ? ", " + properties : "")
        );
}
