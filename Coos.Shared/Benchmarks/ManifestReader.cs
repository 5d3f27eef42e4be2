using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coos.Shared.Text;

namespace Coos.Shared.Benchmarks;

/// <summary>Reads <c>benchmark.json</c> strictly, so that mistakes in a manifest are reported instead of ignored.</summary>
public static partial class ManifestReader
{
    /// <summary>The maximum number of classes.</summary>
    public const int MaximumClasses = 20_000;

    /// <summary>The share of the labels of a guarded benchmark that are sealed, unless the manifest has another one.</summary>
    public const double DefaultSealedShare = 0.5;

    /// <summary>The fields of the forms that send predictions, which have one more field per split.</summary>
    private static readonly string[] FormFields =
    [
        "benchmark",
        "description",
        "file",
        "label",
        "method",
        "predictions",
        "split",
        "submitter",
        "upload",
        "visibility",
    ];

    /// <summary>The columns that every leaderboard can be sorted by, in addition to its splits.</summary>
    private static readonly string[] BoardColumns = ["rank", "kind", "gap", "robustness"];

    private static readonly JsonDocumentOptions ParseOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="file">The path of the file, for messages.</param>
    /// <exception cref="BenchmarkException">The manifest is invalid; the message has every problem: file, JSON path, reason.</exception>
    public static Benchmark Read(string json, string file)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, ParseOptions);
            var benchmark = ReadRoot(new ManifestNode(document.RootElement, file, problems));
            return problems.Count == 0 ? benchmark : throw new BenchmarkException(problems.Distinct());
        }
        catch (JsonException e)
        {
            throw new BenchmarkException($"{file}: {JsonFault.Describe(e)}", e);
        }
    }

    private static Benchmark ReadRoot(ManifestNode root)
    {
        root.AllowOnly(
            "$schema",
            "slug",
            "name",
            "question",
            "summary",
            "description",
            "citation",
            "homepage",
            "license",
            "image",
            "images",
            "simulation",
            "classes",
            "splits",
            "ranking",
            "metrics",
            "groups",
            "reference",
            "cluster",
            "plate",
            "margin",
            "labelsPublic",
            "disclosure",
            "disclosureStep",
            "sealed",
            "disclosureSplits",
            "maximumGain",
            "ladder",
            "closes",
            "quotaPerDay",
            "participation"
        );
        var splits = ReadSplits(root);
        var groups = RankingReader.ReadGroups(root);
        var rule = RankingReader.Read(root, splits, groups);
        var ladder = ReadLadder(root);
        var disclosure = ReadDisclosure(root, ladder, splits);
        RankingReader.RequireBound(root, rule, disclosure.IsGuarded || ladder is not null);
        return new Benchmark
        {
            Slug = ReadSlug(root),
            Name = root.RequiredText("name"),
            Question = root.OptionalText("question"),
            Summary = root.RequiredText("summary"),
            Description = root.OptionalText("description"),
            Citation = root.OptionalText("citation"),
            Homepage = ReadHomepage(root),
            License = root.OptionalText("license"),
            Image = ReadImage(root),
            Images = ReadImages(root),
            Simulation = ReadSimulation(root),
            Classes = ReadClasses(root),
            Splits = splits,
            Ranking = rule,
            Metrics = RankingReader.ReadMetrics(root, rule),
            Groups = groups,
            Reference = ReadReference(root, splits),
            Cluster = RankingReader.ReadColumn(root, "cluster"),
            Plate = ReadPlate(root),
            Margin = root.OpenFraction("margin"),
            LabelsPublic = root.Flag("labelsPublic"),
            QuotaPerDay = root.Number("quotaPerDay", 1, 1_000_000),
            Ladder = ladder ?? (disclosure.IsGuarded ? new LadderRule(disclosure.Step) : null),
            Disclosure = disclosure,
            SealedShare = ReadSealedShare(root, disclosure),
            Closes = ReadCloses(root),
            Participation = ReadParticipation(root),
        };
    }

    private static string ReadSlug(ManifestNode root)
    {
        var slug = root.RequiredText("slug");
        if (slug.Length > 0 && !SlugPattern().IsMatch(slug))
        {
            root.Optional("slug")!.Value.Report($"\"{slug}\" is not a valid slug; use 1 to 64 of a-z, 0-9 and -, not starting with -");
        }

        return slug;
    }

    private static Uri? ReadHomepage(ManifestNode root)
    {
        if (root.Optional("homepage") is not { } node)
        {
            return null;
        }

        var text = node.Text();
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
        {
            return uri;
        }

        node.Report($"\"{text}\" is not a valid URL; it must start with https:// or http://");
        return null;
    }

    private static ImageAudience ReadImages(ManifestNode root) =>
        ReadOneOf(root, "images", ["public", "participants", "organisers"]) switch
        {
            "public" => ImageAudience.Public,
            "participants" => ImageAudience.Participants,
            _ => ImageAudience.Organisers,
        };

    private static SimulatedImages? ReadSimulation(ManifestNode root)
    {
        if (root.Optional("simulation") is not { } node)
        {
            return null;
        }

        node.AllowOnly("seed");
        if (node.Optional("seed") is null)
        {
            node.Report("has no seed; write { \"seed\": 7 } with the seed of the simulation");
        }

        return new SimulatedImages((ulong)(node.Number("seed", 0, int.MaxValue) ?? 0));
    }

    private static ImageFormat? ReadImage(ManifestNode root)
    {
        if (root.Optional("image") is not { } image)
        {
            return null;
        }

        image.AllowOnly("width", "height", "channels", "bits");
        string[] channels = [.. image.Items("channels").Select(c => c.Text())];
        if (channels.Length == 0 || channels.Distinct(StringComparer.OrdinalIgnoreCase).Count() < channels.Length)
        {
            image.Report("channels must list each channel exactly once");
        }

        var bits = image.Number("bits", 8, 32) ?? 16;
        if (bits is not (8 or 16 or 32))
        {
            image.Report($"bits is {bits}; allowed: 8, 16, 32");
        }

        return new ImageFormat(ReadSide(image, "width"), ReadSide(image, "height"), channels, bits);
    }

    private static int ReadSide(ManifestNode image, string name)
    {
        if (image.Optional(name) is null)
        {
            image.Report($"{name} is missing");
        }

        return image.Number(name, 1, 1 << 16) ?? 1;
    }

    private static List<ClassLabel> ReadClasses(ManifestNode root)
    {
        var nodes = root.Items("classes");
        if (nodes.Count is < 2 or > MaximumClasses)
        {
            root.Report($"classes has {nodes.Count} entries; allowed: 2 to {MaximumClasses}");
        }

        var classes = new List<ClassLabel>();
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].AllowOnly("index", "name", "short");
            if (nodes[i].Number("index", 0, MaximumClasses - 1) != i)
            {
                nodes[i].Report($"index must be {i}: classes are listed in the order of their indices, from 0, without a gap");
            }

            var name = nodes[i].RequiredText("name");
            var shortName = nodes[i].OptionalText("short") is { Length: > 0 } text ? text : name;
            ClaimName(names, name, i, nodes[i]);
            ClaimName(names, shortName, i, nodes[i]);
            classes.Add(new ClassLabel(i, name, shortName));
        }

        return classes;
    }

    private static void ClaimName(Dictionary<string, int> names, string name, int index, ManifestNode node)
    {
        if (!names.TryAdd(name, index) && names[name] != index)
        {
            node.Report($"\"{name}\" is already the name of class {names[name]}; each name and short name must belong to one class");
        }
        else if (int.TryParse(name, out var number) && number != index)
        {
            node.Report($"\"{name}\" would be read as class index {number}; choose another name for class {index}");
        }
    }

    private static List<Split> ReadSplits(ManifestNode root)
    {
        var nodes = root.Items("splits");
        if (nodes.Count == 0)
        {
            root.Report("splits is missing or empty; name at least one split");
        }

        var splits = new List<Split>();
        foreach (var node in nodes)
        {
            var split = ReadSplit(node);
            if (splits.Any(s => s.Name == split.Name))
            {
                node.Report($"split \"{split.Name}\" is listed twice");
            }

            splits.Add(split);
        }

        return splits;
    }

    private static Split ReadSplit(ManifestNode node)
    {
        node.AllowOnly("name", "role", "title", "shift", "images", "description");
        var name = node.RequiredText("name");
        if (name.Length > 0 && !SplitPattern().IsMatch(name))
        {
            node.Report($"\"{name}\" is not a valid split name; use 1 to 32 of a-z, 0-9, _ and -, starting with a letter");
        }
        else if (FormFields.Contains(name))
        {
            node.Report($"\"{name}\" is a field of the upload form; choose another split name");
        }
        else if (BoardColumns.Contains(name))
        {
            node.Report($"\"{name}\" is a column of every leaderboard; choose another split name");
        }

        var role = ReadOneOf(node, "role", ["training", "inDistribution", "shifted"]);
        if (node.Optional("role") is null)
        {
            node.Report("role is missing; allowed: training, inDistribution, shifted");
        }

        var title = node.OptionalText("title") is { Length: > 0 } text ? text : Capitalise(name);
        var images = node.Number("images", 1, int.MaxValue);
        return new Split(
            name,
            Enum.TryParse<SplitRole>(role, ignoreCase: true, out var parsed) ? parsed : SplitRole.Shifted,
            title,
            node.OptionalText("shift"),
            images,
            node.OptionalText("description")
        );
    }

    private static string Capitalise(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static PlateScheme? ReadPlate(ManifestNode root)
    {
        if (root.Optional("plate") is not { } node)
        {
            return null;
        }

        node.AllowOnly("wells", "numbering", "first");
        var wells = node.Number("wells", 1, PlateScheme.Sizes[^1]);
        if (wells is { } size && !PlateScheme.Sizes.Contains(size))
        {
            node.Report($"wells is {size}; allowed: {string.Join(", ", PlateScheme.Sizes)}");
        }

        var numbering = ReadOneOf(node, "numbering", ["rows", "columns"]);
        if (numbering is not null && node.Optional("wells") is null)
        {
            node.Report("numbering needs wells, the number of wells of a plate");
        }
        else if (numbering is null && node.Optional("first") is not null && node.Optional("numbering") is null)
        {
            node.Report("first needs numbering; allowed: rows, columns");
        }

        return new PlateScheme(
            wells,
            numbering switch
            {
                "rows" => WellNumbering.Rows,
                "columns" => WellNumbering.Columns,
                _ => null,
            },
            node.Number("first", 0, 1) ?? 1
        );
    }

    private static LadderRule? ReadLadder(ManifestNode root)
    {
        if (root.Optional("ladder") is not { } node)
        {
            return null;
        }

        node.AllowOnly("step");
        return new LadderRule(node.RequiredFraction("step"));
    }

    private static ParticipationRule? ReadParticipation(ManifestNode root)
    {
        if (root.Optional("participation") is not { } node)
        {
            return null;
        }

        node.AllowOnly("approval");
        return new ParticipationRule(node.Optional("approval") is null ? null : node.Flag("approval"));
    }

    /// <summary>
    /// Scores are guarded unless the labels are public or the manifest opens them. The bound of a ladder assumes that its scores are
    /// rounded to its step.
    /// </summary>
    private static Disclosure ReadDisclosure(ManifestNode root, LadderRule? ladder, List<Split> splits)
    {
        var isPublic = root.Optional("labelsPublic") is not null && root.Flag("labelsPublic");
        var level = ReadOneOf(root, "disclosure", ["open", "guarded"]) ?? (isPublic ? "open" : "guarded");
        if (isPublic && level == "guarded")
        {
            root.Optional("disclosure")!.Value.Report("\"guarded\" protects nothing, because labelsPublic is true; remove one of the two");
        }

        var step = root.Optional("disclosureStep") is null ? Disclosure.DefaultStep : root.RequiredFraction("disclosureStep");
        return new Disclosure(level == "open" ? DisclosureLevel.Open : DisclosureLevel.Guarded, Math.Max(step, ladder?.Step ?? 0))
        {
            Splits = ReadDisclosureSplits(root, splits),
            MaximumGain = root.Optional("maximumGain") is null ? null : root.RequiredFraction("maximumGain"),
        };
    }

    private static List<string> ReadDisclosureSplits(ManifestNode root, List<Split> splits)
    {
        var shown = new List<string>();
        foreach (var node in root.Items("disclosureSplits"))
        {
            var name = node.Text();
            if (splits.TrueForAll(s => s.Name != name))
            {
                node.Report($"\"{name}\" is not a split; allowed: {string.Join(", ", splits.Select(s => s.Name))}");
            }
            else if (!shown.Contains(name))
            {
                shown.Add(name);
            }
        }

        return shown;
    }

    private static DateTime? ReadCloses(ManifestNode root)
    {
        if (root.Optional("closes") is not { } node)
        {
            return null;
        }

        var text = node.Text();
        if (text.EndsWith('Z') && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        node.Report($"\"{text}\" is not a time in UTC; write it like 2027-03-01T00:00:00Z");
        return null;
    }

    /// <summary>Half of the labels of a guarded benchmark are sealed by default. An open benchmark shows all of them.</summary>
    private static double ReadSealedShare(ManifestNode root, Disclosure disclosure)
    {
        if (root.Optional("sealed") is not { } node)
        {
            return disclosure.IsGuarded ? DefaultSealedShare : 0;
        }

        node.AllowOnly("share");
        var share = node.RequiredShare("share");
        if (share > 0 && !disclosure.IsGuarded)
        {
            node.Report("seals labels that an open benchmark shows; remove sealed, or set disclosure to \"guarded\"");
        }

        return share;
    }

    private static string? ReadReference(ManifestNode root, List<Split> splits) =>
        ReadOneOf(root, "reference", [.. splits.Select(s => s.Name)])
        ?? splits.FirstOrDefault(s => s.Role == SplitRole.InDistribution)?.Name;

    /// <summary>An optional string that must be one of the allowed values; null if absent or invalid.</summary>
    private static string? ReadOneOf(ManifestNode parent, string name, IReadOnlyList<string> allowed)
    {
        if (parent.Optional(name) is not { } node)
        {
            return null;
        }

        var text = node.Text();
        if (allowed.Contains(text))
        {
            return text;
        }

        node.Report($"\"{text}\" is unknown; allowed: {string.Join(", ", allowed)}");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex SlugPattern();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,31}$")]
    private static partial Regex SplitPattern();
}
