using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RankingMetrics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "BalancedError",
                table: "SplitScores",
                newName: "Loss");

            migrationBuilder.RenameIndex(
                name: "IX_SplitScores_Split_BalancedError",
                table: "SplitScores",
                newName: "IX_SplitScores_Split_Loss");

            migrationBuilder.RenameColumn(
                name: "BalancedError",
                table: "SealedScores",
                newName: "Loss");

            migrationBuilder.RenameColumn(
                name: "BalancedError",
                table: "ReportedScores",
                newName: "Loss");

            migrationBuilder.AddColumn<string>(
                name: "Metric",
                table: "SplitScores",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "balancedError");

            migrationBuilder.AddColumn<string>(
                name: "Metric",
                table: "SealedScores",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "balancedError");

            migrationBuilder.AddColumn<double>(
                name: "Deviation",
                table: "ReportedScores",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Replicates",
                table: "ReportedResults",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Metric",
                table: "SplitScores");

            migrationBuilder.DropColumn(
                name: "Metric",
                table: "SealedScores");

            migrationBuilder.DropColumn(
                name: "Deviation",
                table: "ReportedScores");

            migrationBuilder.DropColumn(
                name: "Replicates",
                table: "ReportedResults");

            migrationBuilder.RenameColumn(
                name: "Loss",
                table: "SplitScores",
                newName: "BalancedError");

            migrationBuilder.RenameIndex(
                name: "IX_SplitScores_Split_Loss",
                table: "SplitScores",
                newName: "IX_SplitScores_Split_BalancedError");

            migrationBuilder.RenameColumn(
                name: "Loss",
                table: "SealedScores",
                newName: "BalancedError");

            migrationBuilder.RenameColumn(
                name: "Loss",
                table: "ReportedScores",
                newName: "BalancedError");
        }
    }
}
