using System.Text.Json;
using Coos.Server.Data;
using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Reads the models of submissions and the state of their runs.</summary>
internal static class ModelStates
{
    /// <summary>Adds the model of a submission, if it has one.</summary>
    public static async Task<SubmissionDocument> AddAsync(
        CoosDbContext database,
        SubmissionDocument document,
        CancellationToken cancellation
    )
    {
        var model = await database
            .Models.Where(m => m.SubmissionId == document.Id)
            .Select(m => new { m.Hash, m.Length })
            .FirstOrDefaultAsync(cancellation);
        if (model is null)
        {
            return document;
        }

        var runs = await database
            .ModelRuns.AsNoTracking()
            .Where(r => r.SubmissionId == document.Id && r.Purpose == ModelRunPurpose.Predictions)
            .OrderByDescending(r => r.RequestedAt)
            .ToListAsync(cancellation);
        var done = runs.FirstOrDefault(r => r.Status == ModelRunStatus.Done);
        return document with
        {
            Model = new ModelDocument(model.Hash, model.Length, await DescribeAsync(database, runs[0], cancellation))
            {
                Agreement = Read<IReadOnlyList<ModelAgreement>>(done?.Agreement),
            },
            Execution = Read<Execution>(done?.Execution),
        };
    }

    /// <summary>Finds the state of the latest run of a submission's model; null without a model.</summary>
    public static async Task<ModelRunDocument?> FindRunAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        var run = await database
            .ModelRuns.Where(r => r.SubmissionId == id && r.Purpose == ModelRunPurpose.Predictions)
            .OrderByDescending(r => r.RequestedAt)
            .FirstOrDefaultAsync(cancellation);
        return run is null ? null : await DescribeAsync(database, run, cancellation);
    }

    private static async Task<ModelRunDocument> DescribeAsync(CoosDbContext database, ModelRun run, CancellationToken cancellation) =>
        new(JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString()), run.ImagesDone, run.ImagesTotal)
        {
            Code = run.Code,
            Detail = run.Detail,
            Before =
                run.Status == ModelRunStatus.Queued
                    ? await database.ModelRuns.CountAsync(
                        r => r.RequestedAt < run.RequestedAt && (r.Status == ModelRunStatus.Queued || r.Status == ModelRunStatus.Running),
                        cancellation
                    )
                    : null,
        };

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, CoosJson.Options);
}
