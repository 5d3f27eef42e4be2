using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Parameters",
                table: "Submissions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Pretraining",
                table: "Submissions",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Run",
                table: "Submissions",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TestTimeAdaptation",
                table: "Submissions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TrainingImages",
                table: "Submissions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TunedOn",
                table: "Submissions",
                type: "INTEGER",
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
