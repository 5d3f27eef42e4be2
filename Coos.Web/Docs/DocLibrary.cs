using System.Collections.Frozen;
using System.Reflection;

namespace Coos.Web.Docs;

/// <summary>The documentation on the site: the files of <c>docs/</c>, embedded when the server was built.</summary>
internal static class DocLibrary
{
    private const string Prefix = "Docs.";

    /// <summary>The guides in the side bar, in reading order for a newcomer: the name and the question that the guide answers.</summary>
    public static IReadOnlyList<(string Name, string Question)> Guides { get; } =
    [
        ("formats", "What must my prediction file look like?"),
        ("models", "How do I export a model as ONNX?"),
        ("api", "How do I submit and read results from a script?"),
        ("webhooks", "How do I notify my own program of scores and ranks?"),
        ("metrics", "What does each number mean, and can I trust it?"),
        ("dials", "Which change of the images breaks a model?"),
        ("what-scores-reveal", "Why are some scores rounded or not shown?"),
        ("own-benchmark", "How do I run my own benchmark?"),
        ("datasets", "Where are the images, and what is simulated?"),
        ("baselines", "How were the reference baselines made?"),
        ("deep-baselines", "How do I train DeepLoc, PCI and VGG?"),
        ("operations", "How do I run the server for others?"),
        ("design", "How is COOS built, and why does it look as it does?"),
    ];

    private static readonly FrozenDictionary<string, Lazy<DocText>> Texts = Load();

    /// <summary>The guides that are included in this build.</summary>
    public static IEnumerable<(DocText Text, string Question)> All =>
        from guide in Guides
        let text = Find(guide.Name)
        where text is not null
        select (text, guide.Question);

    /// <summary>The decision records, oldest first.</summary>
    public static IEnumerable<DocText> Decisions =>
        Texts
            .Keys.Where(k => k.StartsWith("decisions/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(k => Texts[k].Value);

    /// <summary>The text with a name, such as <c>formats</c> or <c>decisions/0001-one-corridor</c>; null if there is none.</summary>
    public static DocText? Find(string name) => Texts.TryGetValue(name, out var text) ? text.Value : null;

    /// <summary>Whether there is a text with this name.</summary>
    public static bool Has(string name) => Texts.ContainsKey(name);

    private static FrozenDictionary<string, Lazy<DocText>> Load()
    {
        var assembly = typeof(DocLibrary).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(r => r.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(NameOf, r => new Lazy<DocText>(() => DocMarkdown.Read(NameOf(r), TextOf(assembly, r))));
    }

    private static string NameOf(string resource) => resource[Prefix.Length..^".md".Length].Replace('\\', '/');

    private static string TextOf(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
