using System.Globalization;
using System.Text;
using Coos.Shared.Datasets;
using Coos.Shared.Delimited;
using Coos.Shared.Predictions;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>Reads a CSV file of WILDS row by row; problems name file, line and column.</summary>
internal sealed class WildsMetadata : IDisposable
{
    private const int MaximumValue = 200;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly DelimitedReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private WildsMetadata(string path, FileStream file)
    {
        _path = path;
        _file = file;
        _reader = new DelimitedReader(file);
    }

    /// <summary>The folder of the file.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(_path))!;

    /// <summary>The number of the current row, from 0, as pandas counts them.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>The names of the columns, shortened.</summary>
    public string Header
    {
        get
        {
            var names = string.Join(", ", _columns.Keys);
            return names.Length > MaximumValue ? names[..MaximumValue] + "..." : names;
        }
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="DatasetException">The file is missing, empty or not text.</exception>
    public static WildsMetadata Open(string path)
    {
        var metadata = new WildsMetadata(path, OpenFile(path));
        try
        {
            metadata.ReadHeader();
            return metadata;
        }
        catch
        {
            metadata.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DatasetException">The line is not valid.</exception>
    public bool Read()
    {
        if (!_reader.Read())
        {
            return false;
        }

        CheckText();
        if (_reader.FieldCount != _columns.Count)
        {
            throw Fault($"the line has {_reader.FieldCount} fields, but the header has {_columns.Count}");
        }

        Row++;
        return true;
    }

    /// <summary>Gets a value of the current row.</summary>
    public string Text(string column) => Encoding.UTF8.GetString(_reader[_columns[column]]);

    /// <summary>Gets a whole number of the current row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="count">The number must be smaller.</param>
    /// <exception cref="DatasetException">The value is not such a number.</exception>
    public int Number(string column, int count) =>
        int.TryParse(_reader[_columns[column]], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count
            ? number
            : throw Fault(column, string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {count - 1}"));

    /// <summary>A value of the current row that is not allowed.</summary>
    /// <param name="column">The column.</param>
    /// <param name="allowed">What is allowed.</param>
    public DatasetException Fault(string column, string allowed) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_path}:{_reader.Line}:{column}: {Excerpt.Quote(_reader[_columns[column]])} is not {allowed}"
            )
        );

    /// <summary>A problem of the current line.</summary>
    public DatasetException Fault(string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_path}:{Math.Max(_reader.Line, 1)}: {problem}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = fault is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist" : fault.Message;
            throw new DatasetException(path, null, null, Directory.Exists(path) ? "this is a folder; name the file in it" : reason, fault);
        }
    }

    private void ReadHeader()
    {
        if (!_reader.Read())
        {
            throw new DatasetException(_path, null, null, "the file is empty; its first line must be the header of the metadata");
        }

        CheckText();
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            var name = Encoding.UTF8.GetString(_reader[i]);
            if (!_columns.TryAdd(name, i))
            {
                throw Fault($"columns {_columns[name] + 1} and {i + 1} are both named {Excerpt.Quote(_reader[i])}; keep one");
            }
        }
    }

    private void CheckText()
    {
        var problem = _reader.Fault switch
        {
            RecordFault.None => null,
            RecordFault.NotUtf8 => "the line holds bytes that are not UTF-8; the file must be CSV text, not compressed",
            RecordFault.TooLong => "the line is too long; the file must be CSV text, not compressed",
            RecordFault.UnclosedQuote => "a quote is opened but not closed on this line; a field must not span lines",
            _ => "text follows a closing quote; double a quote that belongs to the field",
        };
        if (problem is not null)
        {
            throw Fault(problem);
        }
    }
}
