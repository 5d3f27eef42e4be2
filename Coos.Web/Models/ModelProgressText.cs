using System.Globalization;
using Coos.Shared.Submissions;

namespace Coos.Web.Models;

/// <summary>Says where the run of a model is.</summary>
internal static class ModelProgressText
{
    /// <summary>Describes the state of a run in a sentence.</summary>
    public static string Describe(ModelRunDocument run) =>
        run switch
        {
            { Status: "queued", Before: > 0 and var before } =>
                $"The model waits for its run; {before} {(before == 1 ? "run is" : "runs are")} before it.",
            { Status: "queued" } => "The model waits for its run.",
            { Status: "running", ImagesTotal: > 0 } => string.Create(
                CultureInfo.InvariantCulture,
                $"The model is being run: {run.ImagesDone:N0} of {run.ImagesTotal:N0} images."
            ),
            { Status: "running" } => "The model is being loaded.",
            _ => "The model has run; its predictions are being scored.",
        };
}
