using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coos.Shared;

/// <summary>Writes the number -0, which rounding and subtraction produce, as 0.</summary>
internal sealed class PositiveZeroConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        // IEEE 754: -0 + 0 is 0, and every other number stays as it is.
        writer.WriteNumberValue(value + 0.0);
    }
}
