namespace Coos.Web.Discovery;

/// <summary>The metadata of a work to cite, for reference managers and search engines.</summary>
public sealed record Citation
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The authors, in order.</summary>
    public IReadOnlyList<CitedAuthor> Authors { get; init; } = [];

    /// <summary>The publication date, such as <c>2019</c> or <c>2026/11/24</c>; null if unknown.</summary>
    public string? Date { get; init; }

    /// <summary>The journal.</summary>
    public string? Journal { get; init; }

    /// <summary>The proceedings.</summary>
    public string? Proceedings { get; init; }

    /// <summary>The volume of the journal or of the proceedings.</summary>
    public string? Volume { get; init; }

    /// <summary>The first and the last page.</summary>
    public (string First, string? Last)? Pages { get; init; }

    /// <summary>The URL of the work; null if unknown.</summary>
    public string? Link { get; init; }

    /// <summary>Whether the work is a dataset itself, not a paper about one.</summary>
    public bool IsDataset { get; init; }

    /// <summary>The DOI, without the resolver's URL.</summary>
    public string? Doi { get; init; }

    /// <summary>
    /// Formats the citation as a line: "Alex X. Lu, Amy X. Lu (2019). The Cells ... Advances in Neural Information Processing
    /// Systems 32."
    /// </summary>
    public string Line()
    {
        var authors = string.Join(", ", Authors.Select(a => a.Name));
        var start = (authors, Date) switch
        {
            ("", null) => "",
            ("", { } date) => $"({date}). ",
            (_, null) => $"{authors}. ",
            var (_, date) => $"{authors} ({date}). ",
        };
        var place = Journal ?? Proceedings;
        var published = place is null ? "" : $" {place}{(Volume is null ? "" : " " + Volume)}.";
        return $"{start}{Title}.{published}{(Doi is null ? "" : $" https://doi.org/{Doi}")}";
    }
}

/// <summary>An author of a work.</summary>
/// <param name="Name">The whole name, given names first.</param>
/// <param name="Family">The family name; null for a group.</param>
/// <param name="Given">The given names; null if there are none.</param>
public sealed record CitedAuthor(string Name, string? Family = null, string? Given = null)
{
    /// <summary>The name as indexes sort it: "Lu, Alex X.".</summary>
    public string Sorted =>
        (Family, Given) switch
        {
            ({ } family, { } given) => $"{family}, {given}",
            _ => Name,
        };
}
