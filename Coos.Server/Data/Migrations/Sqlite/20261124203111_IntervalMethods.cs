using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IntervalMethods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "IntervalMethod",
                table: "SplitScores",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            // Reports that are stored already name it.
            migrationBuilder.Sql("""
                UPDATE "SplitScores" SET "IntervalMethod" = (
                    SELECT json_extract(s.value, '$.intervalMethod')
                    FROM "Evaluations" AS e, json_each(e."Report", '$.splits') AS s
                    WHERE e."Id" = "SplitScores"."EvaluationId" AND json_extract(s.value, '$.split') = "SplitScores"."Split")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IntervalMethod",
                table: "SplitScores");
        }
    }
}
