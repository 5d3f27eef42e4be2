using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Vouching : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "IsVerified",
                table: "Submissions",
                newName: "IsSignedIn");

            migrationBuilder.AddColumn<string>(
                name: "Family",
                table: "Submissions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsChecked",
                table: "Submissions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // The old column also held marks that organisers had set or removed by hand. The name stands for deleted accounts.
            migrationBuilder.Sql(
                """
                UPDATE "Submissions" SET "IsChecked" = TRUE, "IsSignedIn" = FALSE
                WHERE "IsSignedIn" AND "OwnerId" IS NULL AND "TeamId" IS NULL AND "Submitter" <> 'Anonymous' AND "Kind" = 0
                """);
            migrationBuilder.Sql("""UPDATE "Submissions" SET "IsSignedIn" = TRUE WHERE "OwnerId" IS NOT NULL""");
            migrationBuilder.Sql("""UPDATE "Submissions" SET "IsSignedIn" = FALSE WHERE "Kind" <> 0""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Family",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "IsChecked",
                table: "Submissions");

            migrationBuilder.RenameColumn(
                name: "IsSignedIn",
                table: "Submissions",
                newName: "IsVerified");
        }
    }
}
