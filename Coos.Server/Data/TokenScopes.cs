namespace Coos.Server.Data;

/// <summary>What a token may be used for. Somebody signed in with password or passkey may do all of it.</summary>
[Flags]
internal enum TokenScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To submit, and to see, change and delete what is one's own.</summary>
    Submit = 1,

    /// <summary>To read what is one's own and not public, the original uploads too.</summary>
    Read = 2,

    /// <summary>To do what organisers do; worth something only to an organiser.</summary>
    Organise = 4,

    /// <summary>Everything.</summary>
    All = Submit | Read | Organise,
}
