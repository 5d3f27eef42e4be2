namespace Coos.Server.Problems;

/// <summary>The kinds of rejected requests. Each maps to one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request is invalid; sending it again unchanged fails again.</summary>
    Invalid = 0,

    /// <summary>The request needs an account or a token.</summary>
    SignInRequired = 1,

    /// <summary>The account or token does not have the permission.</summary>
    Forbidden = 2,

    /// <summary>The object does not exist, or the viewer may not see it.</summary>
    NotFound = 3,

    /// <summary>The request conflicts with the current state, such as missing labels or already submitted predictions.</summary>
    Conflict = 4,

    /// <summary>The request body is larger than the server accepts.</summary>
    TooLarge = 5,

    /// <summary>The request body has a type that the call does not accept.</summary>
    UnsupportedMediaType = 6,

    /// <summary>A quota or rate limit is used up.</summary>
    TooManyRequests = 7,

    /// <summary>The server cannot do this now, or not on its operating system.</summary>
    Unavailable = 8,
}
