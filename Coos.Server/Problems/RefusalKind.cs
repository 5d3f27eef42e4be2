namespace Coos.Server.Problems;

/// <summary>Why a request was refused, as far as a program needs to know. HTTP has a status for each.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong; sent again, it is refused again.</summary>
    Invalid = 0,

    /// <summary>It needs an account or a token.</summary>
    SignInRequired = 1,

    /// <summary>The account or token may not do this.</summary>
    Forbidden = 2,

    /// <summary>What it is about does not exist, or not for this viewer.</summary>
    NotFound = 3,

    /// <summary>It does not fit the state of things: no labels yet, the same predictions sent before.</summary>
    Conflict = 4,

    /// <summary>It has more bytes than the server takes.</summary>
    TooLarge = 5,

    /// <summary>Its body is of another type than the call takes.</summary>
    UnsupportedMediaType = 6,

    /// <summary>A quota or rate limit is used up.</summary>
    TooManyRequests = 7,

    /// <summary>The server cannot do this now, or not on its system.</summary>
    Unavailable = 8,
}
