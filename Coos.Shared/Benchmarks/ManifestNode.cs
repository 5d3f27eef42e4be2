using System.Text.Json;
using Coos.Shared.Text;

namespace Coos.Shared.Benchmarks;

/// <summary>
/// A node of a JSON file with its path and a list of problems. Each getter returns a value of the expected type, or
/// reports what is wrong and returns a default, so that all problems of a file are reported at once.
/// </summary>
internal readonly struct ManifestNode
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly List<string> _problems;

    /// <summary>Creates the root node of a file.</summary>
    public ManifestNode(JsonElement root, string file, List<string> problems)
        : this(root, file, "$", problems) { }

    private ManifestNode(JsonElement element, string file, string path, List<string> problems)
    {
        _element = element;
        _file = file;
        Path = path;
        _problems = problems;
    }

    /// <summary>The JSON path, such as <c>$.splits[2].role</c>.</summary>
    public string Path { get; }

    /// <summary>Reports a problem at this node.</summary>
    public void Report(string reason) => _problems.Add($"{_file}: {Path}: {reason}");

    /// <summary>Reports every unknown property: a misspelt name would otherwise be ignored silently.</summary>
    public void AllowOnly(params string[] known)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            Report($"found {Found()}, expected an object");
            return;
        }

        foreach (var property in _element.EnumerateObject().Where(p => !known.Contains(p.Name)))
        {
            Child(property.Value, property.Name).Report($"unknown property; allowed: {string.Join(", ", known)}");
        }
    }

    /// <summary>An optional property; null if absent.</summary>
    public ManifestNode? Optional(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? Child(value, name)
            : null;

    /// <summary>A required string that is not empty.</summary>
    public string RequiredText(string name)
    {
        if (Optional(name) is not { } node)
        {
            Child(default, name).Report("missing; expected a non-empty string");
            return "";
        }

        var text = node.Text();
        if (text.Length == 0 && node._element.ValueKind == JsonValueKind.String)
        {
            node.Report("empty; expected a non-empty string");
        }

        return text;
    }

    /// <summary>An optional string; empty if absent.</summary>
    public string OptionalText(string name) => Optional(name)?.Text() ?? "";

    /// <summary>The elements of an optional array; empty if absent.</summary>
    public IReadOnlyList<ManifestNode> Items(string name)
    {
        if (Optional(name) is not { } array)
        {
            return [];
        }

        if (array._element.ValueKind != JsonValueKind.Array)
        {
            array.Report($"found {array.Found()}, expected an array");
            return [];
        }

        var file = _file;
        var problems = _problems;
        return [.. array._element.EnumerateArray().Select((item, i) => new ManifestNode(item, file, $"{array.Path}[{i}]", problems))];
    }

    /// <summary>Whether an optional property is an object.</summary>
    public bool IsObject(string name) => Optional(name) is { _element.ValueKind: JsonValueKind.Object };

    /// <summary>Whether the value is an object.</summary>
    public bool IsObject() => _element.ValueKind == JsonValueKind.Object;

    /// <summary>The properties of an object; the last of those with one name counts.</summary>
    public IReadOnlyList<(ManifestNode Node, string Name)> Members()
    {
        var members = new Dictionary<string, ManifestNode>();
        foreach (var property in _element.EnumerateObject())
        {
            members[property.Name] = Child(property.Value, property.Name);
        }

        return [.. members.Select(m => (m.Value, m.Key))];
    }

    /// <summary>The value as a weight, a number above 0; 1 if it is not one.</summary>
    public double Weight()
    {
        if (_element.ValueKind == JsonValueKind.Number && _element.GetDouble() is > 0 and <= 1e6)
        {
            return _element.GetDouble();
        }

        Report($"found {Found()}, expected a weight: a number above 0 and at most 1000000");
        return 1;
    }

    /// <summary>The value as a string; empty if it is not one.</summary>
    public string Text()
    {
        if (_element.ValueKind == JsonValueKind.String)
        {
            return _element.GetString()!.Trim();
        }

        Report($"found {Found()}, expected a string");
        return "";
    }

    /// <summary>An optional boolean property; false if absent.</summary>
    public bool Flag(string name)
    {
        if (Optional(name) is not { } node || node._element.ValueKind == JsonValueKind.False)
        {
            return false;
        }

        if (node._element.ValueKind != JsonValueKind.True)
        {
            node.Report($"found {node.Found()}, expected true or false");
        }

        return true;
    }

    /// <summary>An optional whole number in a range; null if absent or invalid.</summary>
    public int? Number(string name, int minimum, int maximum)
    {
        if (Optional(name) is not { } node)
        {
            return null;
        }

        if (
            node._element.ValueKind == JsonValueKind.Number
            && node._element.TryGetInt32(out var value)
            && value >= minimum
            && value <= maximum
        )
        {
            return value;
        }

        node.Report($"found {node.Found()}, expected a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A required number above 0 and at most 1; 1 if absent or invalid.</summary>
    public double RequiredFraction(string name)
    {
        if (Optional(name) is not { } node)
        {
            Child(default, name).Report("missing; expected a number above 0 and at most 1");
            return 1;
        }

        if (node._element.ValueKind == JsonValueKind.Number && node._element.TryGetDouble(out var value) && value is > 0 and <= 1)
        {
            return value;
        }

        node.Report($"found {node.Found()}, expected a number above 0 and at most 1");
        return 1;
    }

    /// <summary>A required number from 0 and below 1; 0 if absent or invalid.</summary>
    public double RequiredShare(string name)
    {
        const string Expected = "expected a number from 0 and below 1";
        if (Optional(name) is not { } node)
        {
            Child(default, name).Report($"missing; {Expected}");
            return 0;
        }

        if (node._element.ValueKind == JsonValueKind.Number && node._element.TryGetDouble(out var value) && value is >= 0 and < 1)
        {
            return value;
        }

        node.Report($"found {node.Found()}, {Expected}");
        return 0;
    }

    /// <summary>An optional number above 0 and below 1; null if absent or invalid.</summary>
    public double? OpenFraction(string name)
    {
        if (Optional(name) is not { } node)
        {
            return null;
        }

        if (node._element.ValueKind == JsonValueKind.Number && node._element.TryGetDouble(out var value) && value is > 0 and < 1)
        {
            return value;
        }

        node.Report($"found {node.Found()}, expected a number above 0 and below 1");
        return null;
    }

    private ManifestNode Child(JsonElement element, string name) => new(element, _file, $"{Path}.{name}", _problems);

    private string Found()
    {
        var text = _element.ValueKind == JsonValueKind.Undefined ? "nothing" : _element.GetRawText();
        return text.Shorten();
    }
}
