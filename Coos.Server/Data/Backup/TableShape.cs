using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Coos.Server.Data.Backup;

/// <summary>A table of the model: what both database systems agree on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns)
{
    /// <summary>The columns, quoted, with commas between; both systems quote alike.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

    /// <summary>All tables of a model.</summary>
    public static IReadOnlyList<TableShape> Of(DbContext database) =>
        [
            .. database
                .GetService<IDesignTimeModel>()
                .Model.GetRelationalModel()
                .Tables.OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(Of),
        ];

    /// <summary>The rows, each value as the model's type, times as UTC.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(DbConnection connection, DbTransaction? transaction)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {ColumnList} FROM \"{Name}\"";
        command.CommandTimeout = 0;
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return [.. Columns.Select((column, i) => reader.IsDBNull(i) ? null : column.Read(reader, i))];
        }
    }

    private static TableShape Of(ITable table) => new(table.Name, [.. table.Columns.Select(ColumnShape.Of)]);
}

/// <summary>A column of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds, as the database's driver knows it.</param>
/// <param name="IsCounted">Whether the database numbers its rows.</param>
/// <param name="IsJson">Whether it holds an object of the model as JSON.</param>
internal sealed record ColumnShape(string Name, Type Type, bool IsCounted, bool IsJson = false)
{
    /// <summary>The shape of a column.</summary>
    public static ColumnShape Of(IColumn column)
    {
        if (column.PropertyMappings.Count == 0)
        {
            return new ColumnShape(column.Name, typeof(string), IsCounted: false, IsJson: true);
        }

        var mapping = column.PropertyMappings[0];
        var type = mapping.TypeMapping.Converter?.ProviderClrType ?? mapping.TypeMapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        type = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return new ColumnShape(
            column.Name,
            type,
            mapping.Property.ValueGenerated == ValueGenerated.OnAdd && type == typeof(int),
            mapping.TypeMapping.StoreType == "json"
        );
    }

    /// <summary>A value that is there.</summary>
    /// <exception cref="BackupException">The model has a type that nobody taught this class.</exception>
    public object Read(DbDataReader reader, int ordinal) =>
        Type switch
        {
            _ when Type == typeof(Guid) => reader.GetGuid(ordinal),
            _ when Type == typeof(string) => reader.GetString(ordinal),
            _ when Type == typeof(byte[]) => reader.GetFieldValue<byte[]>(ordinal),
            _ when Type == typeof(DateTime) => DateTime.SpecifyKind(reader.GetDateTime(ordinal), DateTimeKind.Utc),
            _ when Type == typeof(DateTimeOffset) => reader.GetFieldValue<DateTimeOffset>(ordinal).ToUniversalTime(),
            _ when Type == typeof(bool) => reader.GetBoolean(ordinal),
            _ when Type == typeof(double) => reader.GetDouble(ordinal),
            _ when Type.IsPrimitive => Convert.ChangeType(reader.GetValue(ordinal), Type, CultureInfo.InvariantCulture),
            _ => throw new BackupException($"Column {Name} holds {Type.Name}, which backups do not know; nothing was written"),
        };
}
