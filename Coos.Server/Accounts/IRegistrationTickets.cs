namespace Coos.Server.Accounts;

/// <summary>Issues and reads the tickets that let the owner of a mail address register.</summary>
internal interface IRegistrationTickets
{
    /// <summary>Issues a ticket for an address; it is valid for 24 hours.</summary>
    string Issue(string mail);

    /// <summary>The address of a ticket; null where the ticket is not valid, or no longer.</summary>
    string? Read(string? ticket);
}
