using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Coos.Shared;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Cli.Submit;

/// <summary>Sends one submission to a server and waits for its scores.</summary>
/// <param name="server">The server's address, from <see cref="ServerAddress"/>; ends with a slash.</param>
/// <param name="token">The API token; null for none.</param>
/// <param name="environment">The HTTP handler and polling settings.</param>
/// <param name="output">Receives the result.</param>
/// <param name="error">Receives problems.</param>
internal sealed class SubmitSession(Uri server, string? token, CliEnvironment environment, TextWriter output, TextWriter error)
{
    /// <summary>Long enough for large files on slow connections.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly string _shown = server.AbsoluteUri.TrimEnd('/');

    /// <summary>Asks the server to check the files.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ValidateAsync(SubmissionUpload form, CancellationToken cancellation) =>
        SendAsync(async client =>
        {
            using var response = await PostAsync(client, "api/submissions/validate", form, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return await PrintErrorAsync(response, form, cancellation);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var answer = await JsonSerializer.DeserializeAsync<ValidationAnswer>(body, CoosJson.Options, cancellation);
            Report.Warnings(error, answer?.Warnings ?? [], form.LocalName);
            await output.WriteLineAsync("The server would accept these files. Nothing was stored.");
            return CommandLine.Done;
        });

    /// <summary>Finds the benchmark of a submission.</summary>
    /// <returns>The benchmark; null if there is a problem, which is printed.</returns>
    public async Task<BenchmarkAnswer?> FindBenchmarkAsync(SubmissionUpload form, CancellationToken cancellation)
    {
        BenchmarkAnswer? found = null;
        await SendAsync(async client =>
        {
            var slug = Uri.EscapeDataString(form.Fields["benchmark"] ?? "");
            using var response = await client.GetAsync(new Uri(server, $"api/benchmarks/{slug}"), cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return await PrintErrorAsync(response, form, cancellation);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            found = await JsonSerializer.DeserializeAsync<BenchmarkAnswer>(body, CoosJson.Options, cancellation);
            return CommandLine.Done;
        });
        return found;
    }

    /// <summary>Submits and waits for the scores.</summary>
    /// <param name="form">The submission.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="isRepeatable">Whether predictions that the server has already count as sent.</param>
    /// <returns>The exit code.</returns>
    public Task<int> SubmitAsync(SubmissionUpload form, CancellationToken cancellation, bool isRepeatable = false) =>
        SendAsync(async client =>
        {
            using var response = await PostAsync(client, "api/submissions", form, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return await PrintErrorAsync(response, form, cancellation, isRepeatable);
            }

            if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.Accepted))
            {
                throw new JsonException($"The status of the response is {(int)response.StatusCode}.");
            }

            var submission = await ReadAsync(response, cancellation);
            Report.Warnings(error, submission.Warnings ?? [], form.LocalName);
            var location = ServerAddress.Resolve(server, response.Headers.Location ?? new Uri(submission.Links.Self, UriKind.Relative));
            for (var polls = 0; submission.Status.IsUnscored(); polls++)
            {
                if (polls == environment.PollLimit)
                {
                    var status = submission.Status.ToString().ToLowerInvariant();
                    await error.WriteLineAsync($"coos: still {status}; check again later at {location}");
                    return CommandLine.Failed;
                }

                await Task.Delay(environment.PollInterval, cancellation);
                using var update = await client.GetAsync(location, cancellation);
                if (!update.IsSuccessStatusCode)
                {
                    return await PrintErrorAsync(update, form, cancellation);
                }

                submission = await ReadAsync(update, cancellation);
            }

            return await PrintAsync(submission);
        });

    /// <summary>Runs an exchange with the server and reports connection errors in one line.</summary>
    private async Task<int> SendAsync(Func<HttpClient, Task<int>> exchange)
    {
        using var client = new HttpClient(environment.Http, disposeHandler: false) { Timeout = Timeout };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await exchange(client);
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync($"coos: cannot reach {_shown}: {e.Message}");
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            await error.WriteLineAsync($"coos: {_shown} did not respond within {Timeout.TotalMinutes} minutes");
        }
        catch (JsonException e)
        {
            await error.WriteLineAsync($"coos: {_shown} did not return a submission; is it a COOS server? {e.Message}");
        }

        return CommandLine.Failed;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, SubmissionUpload form, CancellationToken cancellation)
    {
        using var content = form.ToContent();
        return await client.PostAsync(new Uri(server, path), content, cancellation);
    }

    private static async Task<SubmissionDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync<SubmissionDocument>(body, CoosJson.Options, cancellation)
            ?? throw new JsonException("The response is null.");
    }

    private async Task<int> PrintErrorAsync(
        HttpResponseMessage response,
        SubmissionUpload form,
        CancellationToken cancellation,
        bool isRepeatable = false
    )
    {
        var problem = await ErrorResponse.ReadAsync(response, cancellation);
        if (isRepeatable && problem is { Status: HttpStatusCode.Conflict, Problem.Submission.Page: { } page })
        {
            await output.WriteLineAsync(
                $"The server has these predictions already: {ServerAddress.Resolve(server, new Uri(page, UriKind.Relative))}"
            );
            return CommandLine.Done;
        }

        problem.Print(form, error);
        return CommandLine.Failed;
    }

    private string Page(SubmissionDocument submission) =>
        ServerAddress.Resolve(server, new Uri(submission.Links.Page, UriKind.Relative)).ToString();

    private async Task<int> PrintAsync(SubmissionDocument submission)
    {
        if (submission.Withheld is { } reason)
        {
            await output.WriteLineAsync($"Scored, but the scores are withheld. {reason}");
            await output.WriteLineAsync(Page(submission));
            return CommandLine.Done;
        }

        if (submission.Evaluation is not { } evaluation || submission.Status == SubmissionStatus.Failed)
        {
            await error.WriteLineAsync($"coos: the server could not score the submission: {submission.Failure ?? "no reason given"}");
            return CommandLine.Failed;
        }

        if (evaluation.Mean is { } mean)
        {
            var metric = MetricInfo.Get(mean.Metric);
            var interval = mean.Interval is [var lower, var upper]
                ? $" (95% interval {metric.Format(lower)}\u2013{metric.Format(upper)})"
                : "";
            await output.WriteLineAsync($"Mean {metric.Title}: {metric.Format(mean.Value)}{metric.Unit}{interval}");
        }

        if (evaluation.Splits.Count > 0)
        {
            Report.Console(output).Write(Report.Splits(evaluation));
            foreach (var method in Report.Methods(evaluation))
            {
                await output.WriteLineAsync(method);
            }
        }

        await output.WriteLineAsync(Page(submission));
        return CommandLine.Done;
    }
}
