namespace Coos.Server.Accounts;

/// <summary>Issues and reads registration tickets, which prove that a mail address was confirmed.</summary>
internal interface IRegistrationTickets
{
    /// <summary>Issues a ticket for a mail address, valid for 24 hours.</summary>
    string Issue(string mail);

    /// <summary>Reads the mail address of a ticket; null if the ticket is invalid or expired.</summary>
    string? Read(string? ticket);
}
