using System.Runtime.CompilerServices;

namespace Coos.Shared.Predictions;

/// <summary>
/// The problems of some files: the first <see cref="MaximumItems"/> in full, all others counted. Messages are formatted
/// only while there is room for them, so that a file with a million bad lines is cheap.
/// </summary>
public sealed class ProblemList
{
    /// <summary>The maximum number of problems that are kept.</summary>
    public const int MaximumItems = 100;

    private readonly List<Problem> _items = [];
    private readonly int[] _counts = new int[Enum.GetValues<ProblemCode>().Length];

    /// <summary>The first problems, in the order of files and lines.</summary>
    public IReadOnlyList<Problem> Items => _items;

    /// <summary>The number of problems.</summary>
    public int Count { get; private set; }

    /// <summary>Whether further problems are only counted.</summary>
    public bool IsFull => _items.Count >= MaximumItems;

    /// <summary>The number of problems by code, for the codes that occur.</summary>
    public IReadOnlyDictionary<string, int> CountsByCode() =>
        Enum.GetValues<ProblemCode>().Where(Has).ToDictionary(ProblemCodeConverter.Text, code => _counts[(int)code]);

    /// <summary>Whether a problem with this code occurs.</summary>
    public bool Has(ProblemCode code) => _counts[(int)code] > 0;

    /// <summary>Adds a problem.</summary>
    public void Add(
        string file,
        int? line,
        string? column,
        ProblemCode code,
        [InterpolatedStringHandlerArgument("")] ProblemMessage message
    )
    {
        if (!IsFull)
        {
            _items.Add(new Problem(file, line, column, code, message.ToString()));
        }

        CountOne(code);
    }

    /// <summary>Inserts a problem before all others, because it explains them.</summary>
    public void AddFirst(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _items.Insert(0, problem);
        if (_items.Count > MaximumItems)
        {
            _items.RemoveAt(MaximumItems);
        }

        CountOne(problem.Code);
    }

    /// <summary>Replaces all problems of some codes by a single one, which explains them.</summary>
    public void Replace(IReadOnlyList<ProblemCode> codes, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(codes);
        _items.RemoveAll(p => codes.Contains(p.Code));
        foreach (var code in codes)
        {
            Count -= _counts[(int)code];
            _counts[(int)code] = 0;
        }

        AddFirst(problem);
    }

    /// <summary>Appends the problems of another list.</summary>
    public void AddRange(ProblemList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _items.AddRange(other._items.Take(MaximumItems - _items.Count));
        Count += other.Count;
        for (var code = 0; code < _counts.Length; code++)
        {
            _counts[code] += other._counts[code];
        }
    }

    /// <summary>Creates a copy of the problems under another file name, such as the path on the sender's disk.</summary>
    public ProblemList WithFile(string file)
    {
        var renamed = new ProblemList();
        renamed.AddRange(this);
        for (var i = 0; i < renamed._items.Count; i++)
        {
            renamed._items[i] = renamed._items[i] with { File = file };
        }

        return renamed;
    }

    private void CountOne(ProblemCode code)
    {
        Count++;
        _counts[(int)code]++;
    }
}
