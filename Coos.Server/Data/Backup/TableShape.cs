using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Coos.Server.Data.Backup;

/// <summary>A table of the model, as both database systems have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns)
{
    /// <summary>The quoted column names, separated by commas. Both systems use the same quotes.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

    /// <summary>Lists all tables of a model.</summary>
    public static IReadOnlyList<TableShape> ListAll(DbContext database) =>
        [
            .. database
                .GetService<IDesignTimeModel>()
                .Model.GetRelationalModel()
                .Tables.OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(From),
        ];

    /// <summary>Reads all rows. Values have the types of the model, and times are UTC.</summary>
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

    private static TableShape From(ITable table) => new(table.Name, [.. table.Columns.Select(ColumnShape.From)]);
}

/// <summary>A column of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values in the database driver.</param>
/// <param name="IsGenerated">Whether the database generates its values.</param>
/// <param name="IsJson">Whether it contains objects of the model as JSON.</param>
internal sealed record ColumnShape(string Name, Type Type, bool IsGenerated, bool IsJson = false)
{
    /// <summary>Creates the shape of a column.</summary>
    public static ColumnShape From(IColumn column)
    {
        if (column.PropertyMappings.Count == 0)
        {
            return new ColumnShape(column.Name, typeof(string), IsGenerated: false, IsJson: true);
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

    /// <summary>Reads a value that is not null.</summary>
    /// <exception cref="BackupException">Backups do not support the type.</exception>
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
            _ => throw new BackupException($"Column {Name} has the type {Type.Name}, which backups do not support; nothing was written"),
        };
}
