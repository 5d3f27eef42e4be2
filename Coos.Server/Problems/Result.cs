using System.Diagnostics.CodeAnalysis;

namespace Coos.Server.Problems;

/// <summary>The result of a request: a value, or the reason why the request was rejected.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Result<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>Wraps a value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The compiler infers the type; a named alternative would have to state it.")]
    public static implicit operator Result<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    /// <summary>Wraps a refusal.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The compiler infers the type; a named alternative would have to state it.")]
    public static implicit operator Result<T>(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(default, refusal);
    }

    /// <summary>Gets the value, or the refusal.</summary>
    /// <returns>Whether there is a value.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        return refusal is null && value is not null;
    }

    /// <summary>The refusal; null if there is a value.</summary>
    public Refusal? Refusal => _refusal;

    /// <summary>Converts the value or the refusal.</summary>
    public TResult Match<TResult>(Func<T, TResult> onValue, Func<Refusal, TResult> onRefusal)
    {
        ArgumentNullException.ThrowIfNull(onValue);
        ArgumentNullException.ThrowIfNull(onRefusal);
        return TryGet(out var value, out var refusal) ? onValue(value) : onRefusal(refusal);
    }
}
