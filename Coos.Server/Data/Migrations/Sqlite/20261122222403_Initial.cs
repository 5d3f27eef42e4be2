using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Coos.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LabelVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Benchmark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Split = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 71, nullable: false),
                    Images = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ActivatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LabelVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportedResults",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Benchmark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Features = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Classifier = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportedResults", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReportedScores",
                columns: table => new
                {
                    ReportedResultId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Split = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    BalancedError = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportedScores", x => new { x.ReportedResultId, x.Split });
                    table.ForeignKey(
                        name: "FK_ReportedScores_ReportedResults_ReportedResultId",
                        column: x => x.ReportedResultId,
                        principalTable: "ReportedResults",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Evaluations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubmissionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EvaluatorVersion = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    LabelsHash = table.Column<string>(type: "TEXT", maxLength: 71, nullable: false),
                    PredictionsHash = table.Column<string>(type: "TEXT", maxLength: 71, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Report = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evaluations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SplitScores",
                columns: table => new
                {
                    EvaluationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Split = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    LabelVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Images = table.Column<int>(type: "INTEGER", nullable: false),
                    BalancedError = table.Column<double>(type: "REAL", nullable: false),
                    Lower = table.Column<double>(type: "REAL", nullable: true),
                    Upper = table.Column<double>(type: "REAL", nullable: true),
                    Accuracy = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SplitScores", x => new { x.EvaluationId, x.Split });
                    table.ForeignKey(
                        name: "FK_SplitScores_Evaluations_EvaluationId",
                        column: x => x.EvaluationId,
                        principalTable: "Evaluations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SplitScores_LabelVersions_LabelVersionId",
                        column: x => x.LabelVersionId,
                        principalTable: "LabelVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Submissions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Benchmark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Method = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Submitter = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SubmitterKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Description = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    PaperUrl = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    CodeUrl = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ExternalData = table.Column<bool>(type: "INTEGER", nullable: true),
                    Visibility = table.Column<int>(type: "INTEGER", nullable: false),
                    PredictionsHash = table.Column<string>(type: "TEXT", maxLength: 71, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClaimedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ScoredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CurrentEvaluationId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Submissions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Submissions_Evaluations_CurrentEvaluationId",
                        column: x => x.CurrentEvaluationId,
                        principalTable: "Evaluations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "PredictionFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubmissionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Split = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Classes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ImagesHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 71, nullable: false),
                    HasProbabilities = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PredictionFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PredictionFiles_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OriginalUpload",
                columns: table => new
                {
                    PredictionFileId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OriginalUpload", x => x.PredictionFileId);
                    table.ForeignKey(
                        name: "FK_OriginalUpload_PredictionFiles_PredictionFileId",
                        column: x => x.PredictionFileId,
                        principalTable: "PredictionFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_SubmissionId_EvaluatorVersion_LabelsHash",
                table: "Evaluations",
                columns: new[] { "SubmissionId", "EvaluatorVersion", "LabelsHash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LabelVersions_Benchmark_Split_Hash",
                table: "LabelVersions",
                columns: new[] { "Benchmark", "Split", "Hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PredictionFiles_SubmissionId_Split",
                table: "PredictionFiles",
                columns: new[] { "SubmissionId", "Split" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReportedResults_Benchmark",
                table: "ReportedResults",
                column: "Benchmark");

            migrationBuilder.CreateIndex(
                name: "IX_SplitScores_LabelVersionId",
                table: "SplitScores",
                column: "LabelVersionId");

            migrationBuilder.CreateIndex(
                name: "IX_SplitScores_Split_BalancedError",
                table: "SplitScores",
                columns: new[] { "Split", "BalancedError" });

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Benchmark_SubmitterKey_PredictionsHash",
                table: "Submissions",
                columns: new[] { "Benchmark", "SubmitterKey", "PredictionsHash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Benchmark_Visibility_Status",
                table: "Submissions",
                columns: new[] { "Benchmark", "Visibility", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_CurrentEvaluationId",
                table: "Submissions",
                column: "CurrentEvaluationId");

            migrationBuilder.CreateIndex(
                name: "IX_Submissions_Status",
                table: "Submissions",
                column: "Status");

            migrationBuilder.AddForeignKey(
                name: "FK_Evaluations_Submissions_SubmissionId",
                table: "Evaluations",
                column: "SubmissionId",
                principalTable: "Submissions",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Evaluations_Submissions_SubmissionId",
                table: "Evaluations");

            migrationBuilder.DropTable(
                name: "OriginalUpload");

            migrationBuilder.DropTable(
                name: "ReportedScores");

            migrationBuilder.DropTable(
                name: "SplitScores");

            migrationBuilder.DropTable(
                name: "PredictionFiles");

            migrationBuilder.DropTable(
                name: "ReportedResults");

            migrationBuilder.DropTable(
                name: "LabelVersions");

            migrationBuilder.DropTable(
                name: "Submissions");

            migrationBuilder.DropTable(
                name: "Evaluations");
        }
    }
}
