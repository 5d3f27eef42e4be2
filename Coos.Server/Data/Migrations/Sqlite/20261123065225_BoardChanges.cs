using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BoardChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FailedVersion",
                table: "Submissions",
                type: "TEXT",
                maxLength: 92,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PendingEvaluationId",
                table: "Submissions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BoardChanges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Benchmark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SwappedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EvaluatorBefore = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    EvaluatorAfter = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Labels = table.Column<string>(type: "TEXT", nullable: false),
                    Entries = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BoardChanges", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_PendingEvaluationId",
                table: "Submissions",
                column: "PendingEvaluationId");

            migrationBuilder.CreateIndex(
                name: "IX_BoardChanges_Benchmark_SwappedAt",
                table: "BoardChanges",
                columns: new[] { "Benchmark", "SwappedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BoardChanges");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_PendingEvaluationId",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "FailedVersion",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "PendingEvaluationId",
                table: "Submissions");
        }
    }
}
