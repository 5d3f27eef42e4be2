using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Postgres
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
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            // Reports that are stored already name it.
            migrationBuilder.Sql("""
                UPDATE "SplitScores" SET "IntervalMethod" = (
                    SELECT s ->> 'intervalMethod'
                    FROM "Evaluations" AS e, jsonb_array_elements(e."Report"::jsonb -> 'splits') AS s
                    WHERE e."Id" = "SplitScores"."EvaluationId" AND s ->> 'split' = "SplitScores"."Split")
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
