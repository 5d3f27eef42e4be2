using System.Globalization;
using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Components;

/// <summary>The addresses of the pages.</summary>
internal static class Addresses
{
    /// <summary>The list of all benchmarks.</summary>
    public const string Benchmarks = "/benchmarks";

    /// <summary>A benchmark's leaderboard, which may be the front page.</summary>
    public static string Benchmark(Benchmark benchmark, BenchmarkCatalog catalog) =>
        benchmark.Slug == catalog.Front?.Slug ? "/" : $"/benchmarks/{benchmark.Slug}";

    /// <summary>The form to submit predictions.</summary>
    public static string Submit(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/submit";

    /// <summary>The form to ask for taking part in a benchmark.</summary>
    public static string Participation(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/participation";

    /// <summary>The page to sign in, which then continues with another page.</summary>
    public static string SignInFor(string path) => $"{Accounts.AccountServices.SignInPath}?returnUrl={Uri.EscapeDataString(path)}";

    /// <summary>The description of a benchmark's data.</summary>
    public static string Data(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/data";

    /// <summary>How well the entries of a benchmark generalise.</summary>
    public static string Generalisation(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/generalisation";

    /// <summary>The leaderboard under a reader's own mix of classes.</summary>
    public static string Mix(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/mix";

    /// <summary>The board of methods of a benchmark.</summary>
    public static string Methods(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/methods";

    /// <summary>A method of a benchmark.</summary>
    public static string Method(Benchmark benchmark, string pathName) => $"/benchmarks/{benchmark.Slug}/methods/{pathName}";

    /// <summary>Which entries of a benchmark make the same mistakes.</summary>
    public static string Consistency(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/consistency";

    /// <summary>The rescoring history of a benchmark.</summary>
    public static string Changes(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/changes";

    /// <summary>A submission or reported result.</summary>
    public static string Submission(Guid id) => $"/submissions/{id}";

    /// <summary>The badge of a submission for a README, as SVG.</summary>
    public static string Badge(Guid id) => $"/submissions/{id}/badge.svg";

    /// <summary>Error against cost of the models that were run here.</summary>
    public static string Cost(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/cost";

    /// <summary>The confusion matrix of a split.</summary>
    public static string Confusion(Guid id, string split) => $"/submissions/{id}/confusion/{split}";

    /// <summary>The classes of an entry on a split; on its first one by default.</summary>
    public static string Classes(Guid id, string? split = null) => $"/submissions/{id}/classes{OfSplit(split)}";

    /// <summary>One class of an entry on a split; on its first one by default.</summary>
    public static string Class(Guid id, int index, string? split = null) =>
        string.Create(CultureInfo.InvariantCulture, $"/submissions/{id}/classes/{index}{OfSplit(split)}");

    /// <summary>The plate maps of an entry on a split.</summary>
    public static string Plates(Guid id, string split) => $"/submissions/{id}/plates/{split}";

    /// <summary>The errors of a model on changed images, compared with those of another entry if one is given.</summary>
    public static string Dials(Guid id, string? with = null, string ending = "") =>
        $"/submissions/{id}/dials{ending}{(string.IsNullOrEmpty(with) ? "" : $"?with={Uri.EscapeDataString(with)}")}";

    /// <summary>The plate maps of the mean of a benchmark's entries on a split.</summary>
    public static string Plates(Benchmark benchmark, string split) => $"/benchmarks/{benchmark.Slug}/plates/{split}";

    /// <summary>The images of an entry by true and predicted class.</summary>
    public static string EntryImages(Guid id, string split) => $"/submissions/{id}/images/{split}";

    /// <summary>The images of a split of a benchmark.</summary>
    public static string Images(Benchmark benchmark, string split) => $"/benchmarks/{benchmark.Slug}/images/{split}";

    /// <summary>The labels of a benchmark that are possibly wrong, for organisers.</summary>
    public static string LabelErrors(Benchmark benchmark) => $"/organise/benchmarks/{benchmark.Slug}/label-errors";

    /// <summary>A page of the documentation.</summary>
    public static string Doc(string name) => $"/docs/{name}";

    /// <summary>The comparison of two entries; an id that is null is still to be chosen.</summary>
    public static string Compare(Guid? a = null, Guid? b = null) =>
        (a, b) switch
        {
            (null, null) => "/compare",
            (_, null) => $"/compare?a={a}",
            (null, _) => $"/compare?b={b}",
            _ => $"/compare?a={a}&b={b}",
        };

    private static string OfSplit(string? split) => split is null ? "" : $"?split={Uri.EscapeDataString(split)}";
}
