using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>Writes the split names of a form as the benchmark does. A form may have them in any case: <c>TEST1=@file.csv</c>.</summary>
internal static class SplitNames
{
    /// <summary>Corrects the names of file parts and fields that are splits, and the field <c>split</c>.</summary>
    public static SubmissionRequest Match(SubmissionRequest form, Benchmark benchmark)
    {
        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in form.Fields)
        {
            fields.TryAdd(IsField(name) ? name : Match(name, benchmark), name == "split" ? Match(value.Trim(), benchmark) : value);
        }

        return form with
        {
            Fields = fields,
            Files = [.. form.Files.Select(f => f with { Part = Match(f.Part, benchmark) })],
        };
    }

    private static bool IsField(string name) => FormFields.OfSubmission.Contains(name);

    /// <summary>Finds the name as the benchmark writes it: the same name, otherwise the only one that differs in case.</summary>
    private static string Match(string name, Benchmark benchmark)
    {
        string[] known = [.. benchmark.Splits.Select(s => s.Name), PredictionUpload.AnySplit];
        return known.Contains(name) ? name
            : known.Where(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only
            : name;
    }
}
