using System.Globalization;

namespace Coos.Cli.Submit;

/// <summary>Sends the seeds of a folder with predictions of the WILDS package, one submission each.</summary>
/// <param name="session">Sends a submission.</param>
/// <param name="output">Receives the results.</param>
/// <param name="error">Receives problems.</param>
internal sealed class WildsSession(SubmitSession session, TextWriter output, TextWriter error)
{
    /// <summary>Sends all seeds, or checks them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">The choices of the command line.</param>
    /// <param name="form">The fields of the submissions, without files.</param>
    /// <param name="isDryRun">Whether files are only checked.</param>
    /// <param name="cancellation">Stops between seeds.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        string folder,
        WildsOptions options,
        SubmissionUpload form,
        bool isDryRun,
        CancellationToken cancellation
    )
    {
        if (await session.FindBenchmarkAsync(form, cancellation) is not { } benchmark)
        {
            return CommandLine.Failed;
        }

        var errors = new List<string>();
        if (WildsPlan.Create(folder, options, benchmark, errors) is not { } plan)
        {
            errors.ForEach(e => error.WriteLine($"coos: {e}"));
            return CommandLine.Failed;
        }

        Print(plan, form, isDryRun);
        return await SendAsync(plan, form, isDryRun, cancellation);
    }

    private async Task<int> SendAsync(WildsPlan plan, SubmissionUpload form, bool isDryRun, CancellationToken cancellation)
    {
        var done = 0;
        try
        {
            foreach (var seed in plan.Seeds)
            {
                cancellation.ThrowIfCancellationRequested();
                await output.WriteLineAsync($"Seed {seed.Seed}:");
                var fields = new Dictionary<string, string?>(form.Fields) { ["run"] = seed.Seed };
                var one = new SubmissionUpload(fields, seed.Files);
                var code = isDryRun
                    ? await session.ValidateAsync(one, cancellation)
                    : await session.SubmitAsync(one, cancellation, isRepeatable: true);
                if (code != CommandLine.Done)
                {
                    break;
                }

                done++;
            }
        }
        finally
        {
            if (done < plan.Seeds.Count)
            {
                ReportRest(plan, done, isDryRun);
            }
        }

        return done < plan.Seeds.Count ? CommandLine.Failed : CommandLine.Done;
    }

    private void Print(WildsPlan plan, SubmissionUpload form, bool isDryRun)
    {
        var seeds = string.Create(CultureInfo.InvariantCulture, $"{plan.Seeds.Count} {(plan.Seeds.Count == 1 ? "seed" : "seeds")}");
        output.WriteLine(
            $"{(isDryRun ? "Checking" : "Sending")} {seeds} of \"{form.Fields["method"]}\" on {plan.Dataset} to {form.Fields["benchmark"]}:"
        );
        foreach (var seed in plan.Seeds)
        {
            output.WriteLine($"  seed {seed.Seed}: {string.Join(", ", seed.Files.Select(f => f.Split))}");
        }

        if (plan.Left.Count > 0)
        {
            output.WriteLine($"Not sent, since they are training images: {string.Join(", ", plan.Left)}");
        }

        output.WriteLine("The files have no image ids: line i is taken as the i-th image in the order of the benchmark's image ids.");
    }

    private void ReportRest(WildsPlan plan, int done, bool isDryRun)
    {
        string Names(IEnumerable<WildsSeed> seeds) =>
            string.Join(", ", seeds.Select(s => s.Seed)) is { Length: > 0 } names ? names : "none";
        var (sent, what) = isDryRun ? ("accepted", "checked") : ("sent", "sent");
        error.WriteLine(
            $"coos: {sent} seeds: {Names(plan.Seeds.Take(done))}; not {what}: {Names(plan.Seeds.Skip(done))}. "
                + "Run the command again: what the server has already is not stored twice"
        );
    }
}
