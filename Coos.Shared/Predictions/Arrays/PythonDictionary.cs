using System.Globalization;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>
/// Reads the dictionary in the header of a NumPy array: text, True and False, and tuples of whole numbers. Nothing is evaluated.
/// </summary>
internal sealed class PythonDictionary
{
    private const int MaximumAxes = 32;

    private readonly string _text;
    private int _position;

    private PythonDictionary(string text) => _text = text;

    /// <summary>Parses a dictionary.</summary>
    /// <returns>
    /// Its values: a string, a bool, a list of numbers (<see cref="IReadOnlyList{T}"/> of long) for a tuple, or an empty object array
    /// for a list, which is not looked into. Null if the text is anything else.
    /// </returns>
    public static IReadOnlyDictionary<string, object>? Parse(string text) => new PythonDictionary(text).ReadDictionary();

    private Dictionary<string, object>? ReadDictionary()
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (!Take('{'))
        {
            return null;
        }

        while (!Take('}'))
        {
            if (ReadString() is not { } key || !Take(':') || ReadValue() is not { } value || !values.TryAdd(key, value))
            {
                return null;
            }

            if (!Take(',') && Peek() != '}')
            {
                return null;
            }
        }

        return values;
    }

    private object? ReadValue() =>
        Peek() switch
        {
            '\'' or '"' => ReadString(),
            '(' => ReadTuple(),
            '[' => SkipList(),
            'T' => TakeWord("True") ? true : null,
            'F' => TakeWord("False") ? false : null,
            _ => null,
        };

    private string? ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            return null;
        }

        var end = _text.IndexOf(quote, _position + 1);
        if (end < 0)
        {
            return null;
        }

        var value = _text[(_position + 1)..end];
        _position = end + 1;
        return value.Contains('\\', StringComparison.Ordinal) ? null : value;
    }

    private List<long>? ReadTuple()
    {
        var numbers = new List<long>();
        Take('(');
        while (!Take(')'))
        {
            Peek();
            var start = _position;
            while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
            {
                _position++;
            }

            var digits = _text.AsSpan(start, _position - start);
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || numbers.Count == MaximumAxes)
            {
                return null;
            }

            numbers.Add(number);
            TakeWord("L"); // Python 2 wrote long numbers so.
            if (!Take(',') && Peek() != ')')
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>Skips a list, which only structured types have.</summary>
    private object[]? SkipList()
    {
        var depth = 0;
        for (; _position < _text.Length; _position++)
        {
            depth += _text[_position] switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                _position++;
                return [];
            }
        }

        return null;
    }

    /// <summary>The next character that is not white space; a zero at the end.</summary>
    private char Peek()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool Take(char character)
    {
        var isNext = Peek() == character;
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private bool TakeWord(string word)
    {
        var isNext = _text.AsSpan(_position).StartsWith(word);
        _position += isNext ? word.Length : 0;
        return isNext;
    }
}
