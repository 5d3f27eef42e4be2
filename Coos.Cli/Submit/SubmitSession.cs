using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Coos.Shared;
using Coos.Shared.Submissions;

namespace Coos.Cli.Submit;

/// <summary>Talks with a server about one submission.</summary>
/// <param name="server">Its address.</param>
/// <param name="token">The API token; null for none.</param>
/// <param name="surroundings">The world outside.</param>
/// <param name="output">Where the result goes.</param>
/// <param name="error">Where problems go.</param>
internal sealed class SubmitSession(Uri server, string? token, Surroundings surroundings, TextWriter output, TextWriter error)
{
    /// <summary>Large files on slow lines take their time.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly Uri _base = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");

    /// <summary>Has the files checked.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> ValidateAsync(SubmissionUpload form, CancellationToken cancellation) => TalkAsync(async client =>
    {
        using var response = await PostAsync(client, "api/submissions/validate", form, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            return await RefusedAsync(response, form, cancellation);
        }

        await output.WriteLineAsync("The server would accept these files. Nothing was stored.");
        return CommandLine.Done;
    });

    /// <summary>Submits and waits for the scores.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> SubmitAsync(SubmissionUpload form, CancellationToken cancellation) => TalkAsync(async client =>
    {
        using var response = await PostAsync(client, "api/submissions", form, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            return await RefusedAsync(response, form, cancellation);
        }

        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.Accepted))
        {
            throw new JsonException($"The status of the answer is {(int)response.StatusCode}.");
        }

        var submission = await ReadAsync(response, cancellation);
        var location = new Uri(_base, response.Headers.Location ?? new Uri(submission.Links.Self, UriKind.Relative));
        for (var asked = 0; submission.Status.IsUnscored(); asked++)
        {
            if (asked == surroundings.PollLimit)
            {
                await error.WriteLineAsync($"coos: still {submission.Status.ToString().ToLowerInvariant()}; look again at {location}");
                return CommandLine.Failed;
            }

            await Task.Delay(surroundings.PollInterval, cancellation);
            using var answer = await client.GetAsync(location, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                return await RefusedAsync(answer, form, cancellation);
            }

            submission = await ReadAsync(answer, cancellation);
        }

        return await PrintAsync(submission);
    });

    /// <summary>Turns what can go wrong on the way into one line.</summary>
    private async Task<int> TalkAsync(Func<HttpClient, Task<int>> talk)
    {
        using var client = new HttpClient(surroundings.Http, disposeHandler: false) { Timeout = Timeout };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await talk(client);
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync($"coos: cannot reach {server}: {e.Message}");
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            await error.WriteLineAsync($"coos: {server} did not answer within {Timeout.TotalMinutes} minutes");
        }
        catch (JsonException e)
        {
            await error.WriteLineAsync($"coos: {server} answered with something else than a submission; is it a COOS server? {e.Message}");
        }

        return CommandLine.Failed;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, SubmissionUpload form, CancellationToken cancellation)
    {
        using var content = form.ToContent();
        return await client.PostAsync(new Uri(_base, path), content, cancellation);
    }

    private static async Task<SubmissionDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync<SubmissionDocument>(body, CoosJson.Options, cancellation) ?? throw new JsonException("It is null.");
    }

    private async Task<int> RefusedAsync(HttpResponseMessage response, SubmissionUpload form, CancellationToken cancellation)
    {
        var refusal = await RefusedRequest.ReadAsync(response, cancellation);
        refusal.Print(form, error);
        return CommandLine.Failed;
    }

    private async Task<int> PrintAsync(SubmissionDocument submission)
    {
        if (submission.Withheld is { } reason)
        {
            await output.WriteLineAsync($"Scored, and withheld. {reason}");
            await output.WriteLineAsync(new Uri(_base, submission.Links.Page).ToString());
            return CommandLine.Done;
        }

        if (submission.Evaluation is not { } evaluation || submission.Status == SubmissionStatus.Failed)
        {
            await error.WriteLineAsync($"coos: the server could not score the submission: {submission.Failure ?? "it does not say why"}");
            return CommandLine.Failed;
        }

        Report.Console(output).Write(Report.Splits(evaluation));
        foreach (var method in Report.Methods(evaluation))
        {
            await output.WriteLineAsync(method);
        }

        await output.WriteLineAsync(new Uri(_base, submission.Links.Page).ToString());
        return CommandLine.Done;
    }
}
