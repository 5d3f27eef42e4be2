namespace Coos.Web.Docs;

/// <summary>A text of the documentation, a file of <c>docs/</c>.</summary>
/// <param name="Name">Its name in addresses: the file's without extension.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Html">Its content, rendered.</param>
/// <param name="Sections">Its headings of the second level, in order.</param>
internal sealed record DocText(string Name, string Title, string Html, IReadOnlyList<DocSection> Sections);

/// <summary>A heading of a text.</summary>
/// <param name="Id">The anchor.</param>
/// <param name="Title">The words.</param>
internal sealed record DocSection(string Id, string Title);
