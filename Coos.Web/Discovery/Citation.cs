namespace Coos.Web.Discovery;

/// <summary>A work to cite, as reference managers and search engines want to know it.</summary>
public sealed record Citation
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Who made it, in order.</summary>
    public IReadOnlyList<CitedAuthor> Authors { get; init; } = [];

    /// <summary>When it came out: <c>2019</c>, <c>2026/11/24</c>; null where it is not said.</summary>
    public string? Date { get; init; }

    /// <summary>The journal that it is in.</summary>
    public string? Journal { get; init; }

    /// <summary>The proceedings that it is in.</summary>
    public string? Proceedings { get; init; }

    /// <summary>The volume of the journal or of the proceedings.</summary>
    public string? Volume { get; init; }

    /// <summary>The first and the last page.</summary>
    public (string First, string? Last)? Pages { get; init; }

    /// <summary>Where it can be read; null where that is not said.</summary>
    public string? Link { get; init; }

    /// <summary>Whether it is a dataset itself, and no paper about one.</summary>
    public bool IsDataset { get; init; }

    /// <summary>Its DOI, without an address.</summary>
    public string? Doi { get; init; }

    /// <summary>As a line: "Alex X. Lu, Amy X. Lu (2019). The Cells ... Advances in Neural Information Processing Systems 32."</summary>
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
        return $"{start}{Title}.{(place is null ? "" : $" {place}{(Volume is null ? "" : " " + Volume)}.")}{(Doi is null ? "" : $" https://doi.org/{Doi}")}";
    }
}

/// <summary>Who made a work.</summary>
/// <param name="Name">The whole name, given names first.</param>
/// <param name="Family">The family name; null for a group.</param>
/// <param name="Given">The given names; null where there are none.</param>
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
