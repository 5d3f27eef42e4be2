using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FewWaiting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Submissions_PendingEvaluationId",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_Status",
                table: "Submissions");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Benchmark",
                table: "Submissions",
                column: "Benchmark",
                filter: "\"PendingEvaluationId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Status_Benchmark",
                table: "Submissions",
                columns: new[] { "Status", "Benchmark" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Submissions_Benchmark",
                table: "Submissions");

            migrationBuilder.DropIndex(
                name: "IX_Submissions_Status_Benchmark",
                table: "Submissions");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_PendingEvaluationId",
                table: "Submissions",
                column: "PendingEvaluationId");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Status",
                table: "Submissions",
                column: "Status");
        }
    }
}
