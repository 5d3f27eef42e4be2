using Coos.Shared.Predictions;
using Coos.Web.Benchmarks;

namespace Coos.Web.Submissions;

/// <summary>Why something was refused, in the words that API and page both use.</summary>
public sealed record Refusal(int Status, string Title, string Detail)
{
    /// <summary>What is wrong with the files.</summary>
    public ProblemList? Problems { get; init; }

    /// <summary>What is wrong with the form's fields.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>The submission that has the same predictions.</summary>
    public Guid? Existing { get; init; }

    /// <summary>When to try again, UTC; null where waiting does not help.</summary>
    public DateTime? NextSlotAt { get; init; }

    /// <summary>
    /// The status of a page that is there and says why it cannot show what its query asks for: a query that names what is
    /// not there is a bad one, for 404 would bring up the page for addresses that do not exist.
    /// </summary>
    internal int PageStatus => Status == StatusCodes.Status404NotFound ? StatusCodes.Status400BadRequest : Status;

    public static Refusal NotFound(string detail) => new(StatusCodes.Status404NotFound, "Not found", detail);

    /// <summary>The answer to who waited for scores of what was taken away meanwhile.</summary>
    public static Refusal TakenAway(Guid id) => NotFound($"There is no submission {id} any more: it was deleted, or hidden by an organiser, while it was being scored.");

    internal static Refusal UnknownBenchmark(string slug, BenchmarkCatalog catalog)
    {
        var shown = slug.Length <= 60 ? slug : slug[..60] + "...";
        return NotFound($"There is no benchmark \"{shown}\"; there are: {string.Join(", ", catalog.All.Select(f => f.Benchmark.Slug))}.");
    }

    public static Refusal BadFields(IReadOnlyList<FieldProblem> fields) =>
        new(StatusCodes.Status400BadRequest, "The form is incomplete", "Nothing was stored. Correct the fields named below and send it again.") { Fields = fields };

    public static Refusal BadFiles(ProblemList problems) =>
        new(StatusCodes.Status400BadRequest, "The predictions have problems", DetailOf(problems)) { Problems = problems };

    public static Refusal TooLarge(long maximum) =>
        new(StatusCodes.Status413PayloadTooLarge, "The upload is too large", $"Nothing was stored. All files of a submission together may have {maximum:N0} bytes; pack them as .gz or .zip, or leave probabilities out.");

    public static Refusal NotAForm(string contentType) =>
        new(StatusCodes.Status415UnsupportedMediaType, "Not a form", $"Nothing was stored. Content-Type is \"{(contentType.Length <= 60 ? contentType : contentType[..60])}\"; send multipart/form-data with the fields benchmark, method and submitter and one file part a split (curl -F does).");

    public static Refusal NoLabels(string benchmark, IEnumerable<string> splits) =>
        new(
            StatusCodes.Status409Conflict,
            "Labels not imported",
            $"Nothing was stored. The server does not know the labels of {string.Join(", ", splits)} of {benchmark}, so it cannot score them. "
            + $"Its organiser imports them by putting labels/<split>.csv (columns image_id,label) into the folder of the benchmark; they are read within seconds; see docs/formats.md.");

    public static Refusal Duplicate(Guid existing) =>
        new(StatusCodes.Status409Conflict, "These predictions were submitted before", $"Nothing was stored. The same submitter sent the same predictions as submission {existing}; its scores hold.") { Existing = existing };

    public static Refusal SignedInOnly() =>
        new(StatusCodes.Status401Unauthorized, "Sign in to submit", "This server takes submissions from signed-in participants only (Coos:Access:Submissions is SignedIn). Sign in at /account, or make an API token there and send it as Authorization: Bearer TOKEN.");

    public static Refusal NotSignedIn() =>
        new(StatusCodes.Status401Unauthorized, "Sign in first", "This is for people who are signed in. Make an API token at /account and send it as Authorization: Bearer TOKEN.");

    public static Refusal BadToken(string reason) => new(StatusCodes.Status401Unauthorized, "The token does not count", reason);

    public static Refusal NeedsScope(string scope) =>
        new(StatusCodes.Status403Forbidden, "The token may not do this", $"It lacks the scope {scope}; make one that has it at /account.");

    public static Refusal OrganisersOnly() => new(StatusCodes.Status403Forbidden, "Organisers only", "This is for organisers of the server; sign in as one, or send the token of one with the scope organise.");

    public static Refusal OwnerOnly() => new(StatusCodes.Status403Forbidden, "Not yours", "This is for whoever sent the submission, their team, and organisers.");

    public static Refusal FromElsewhere() =>
        new(StatusCodes.Status403Forbidden, "From another site", "Nothing was changed. A page of another site sent this call; programs send an API token, made at /account, as Authorization: Bearer TOKEN.");

    public static Refusal OpenHereOnly() =>
        new(StatusCodes.Status403Forbidden, "Open to this machine only", "Nothing was stored. This server takes submissions without an account from its own machine only; sign in at /account, or have its organiser set Coos:Access:Submissions.");

    public static Refusal QuotaSpent(int limit, DateTime nextSlotAt) =>
        new(StatusCodes.Status429TooManyRequests, "The quota of today is spent", $"Nothing was stored. {limit} submission{(limit == 1 ? "" : "s")} a day to this benchmark were accepted; the next slot opens at {nextSlotAt:yyyy-MM-dd HH:mm} UTC.") { NextSlotAt = nextSlotAt };

    public static Refusal TooManyRequests(int seconds) =>
        new(StatusCodes.Status429TooManyRequests, "Too many requests", $"Wait {seconds} seconds and send it again; the header Retry-After says so too.");

    public static Refusal OrganisersOnly(bool isSignedIn) => isSignedIn
        ? new(StatusCodes.Status403Forbidden, "For organisers", "Nothing was changed. Your account may not do this; ask an organiser of this server.")
        : new(StatusCodes.Status401Unauthorized, "For organisers", "Nothing was changed. Send the token of an organiser with the scope organise, or sign in as one.");

    public static Refusal NothingToScore(Guid id) =>
        new(StatusCodes.Status409Conflict, "Nothing to score", $"Nothing was changed. {id} is a reported result: its publication gives balanced errors and not the predictions.");

    private static string DetailOf(ProblemList problems)
    {
        var kinds = string.Join(", ", problems.CountsByCode().Select(c => $"{c.Key} ({c.Value:N0})"));
        var shown = problems.Count > problems.Items.Count ? $" The first {problems.Items.Count} are listed." : "";
        return $"Nothing was stored. {problems.Count:N0} problem{(problems.Count == 1 ? "" : "s")}: {kinds}.{shown}";
    }
}

/// <summary>What is wrong with one field of a form.</summary>
/// <param name="Field">The field's name in the API.</param>
/// <param name="Code">The kind: <c>required</c>, <c>too-long</c>, <c>bad-text</c>, <c>bad-url</c>, <c>bad-value</c>, <c>unknown-split</c>, <c>no-file</c>, <c>taken</c>.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record FieldProblem(string Field, string Code, string Message);
