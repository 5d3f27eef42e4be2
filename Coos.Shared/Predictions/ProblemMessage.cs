using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>An interpolated message that is formatted only if its problem list has room.</summary>
[InterpolatedStringHandler]
public readonly ref struct ProblemMessage
{
    private readonly StringBuilder? _text;

    /// <summary>Called by the compiler.</summary>
    public ProblemMessage(int literalLength, int formattedCount, ProblemList list, out bool isNeeded)
    {
        ArgumentNullException.ThrowIfNull(list);
        isNeeded = !list.IsFull;
        _text = isNeeded ? new StringBuilder(literalLength + (16 * formattedCount)) : null;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string literal) => _text!.Append(literal);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _text!.AppendFormat(CultureInfo.InvariantCulture, format is null ? "{0}" : $"{{0:{format}}}", value);

    /// <summary>Called by the compiler for text of the file, which is quoted, shortened and made printable.</summary>
    public void AppendFormatted(ReadOnlySpan<byte> excerpt) => _text!.Append(Excerpt.Quote(excerpt));

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? "";
}
