using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PublishedAt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "PublishedAt",
                table: "Submissions",
                type: "TEXT",
                nullable: true);

            // What stands on a board is new to nobody: it keeps the time that feeds gave it so far.
            migrationBuilder.Sql("""
                UPDATE "Submissions" SET "PublishedAt" = "CreatedAt"
                WHERE "Visibility" = 0 AND "HiddenAt" IS NULL AND "CurrentEvaluationId" IS NOT NULL
                    AND ("PendingEvaluationId" IS NULL OR "PendingEvaluationId" <> "CurrentEvaluationId")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PublishedAt",
                table: "Submissions");
        }
    }
}
