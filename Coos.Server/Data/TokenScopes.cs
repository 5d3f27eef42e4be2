namespace Coos.Server.Data;

/// <summary>The permissions of a token. A sign-in with password or passkey has all of them.</summary>
[Flags]
internal enum TokenScopes
{
    /// <summary>No permissions.</summary>
    None = 0,

    /// <summary>Submit, and read, change and delete one's own submissions.</summary>
    Submit = 1,

    /// <summary>Read one's own private submissions and original uploads.</summary>
    Read = 2,

    /// <summary>Act as an organiser. Only effective for organiser accounts.</summary>
    Organise = 4,

    /// <summary>All permissions.</summary>
    All = Submit | Read | Organise,
}
