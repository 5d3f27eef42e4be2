using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Methods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Ensemble",
                table: "Submissions",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Parameters",
                table: "Submissions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Pretraining",
                table: "Submissions",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Run",
                table: "Submissions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TestTimeAdaptation",
                table: "Submissions",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TrainingImages",
                table: "Submissions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TunedOn",
                table: "Submissions",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Ensemble",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "Parameters",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "Pretraining",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "Run",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "TestTimeAdaptation",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "TrainingImages",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "TunedOn",
                table: "Submissions");
        }
    }
}
