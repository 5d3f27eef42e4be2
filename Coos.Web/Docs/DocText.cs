namespace Coos.Web.Docs;

/// <summary>A page of the documentation, from a file of <c>docs/</c>.</summary>
/// <param name="Name">Its name in addresses: the file's without extension.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Html">Its content, rendered.</param>
/// <param name="Sections">Its headings of the second level, in order.</param>
internal sealed record DocText(string Name, string Title, string Html, IReadOnlyList<DocSection> Sections);

/// <summary>A section of a documentation page.</summary>
/// <param name="Id">The anchor of its heading.</param>
/// <param name="Title">The text of its heading.</param>
internal sealed record DocSection(string Id, string Title);
