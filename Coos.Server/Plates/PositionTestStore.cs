using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Evaluator.Plates;

namespace Coos.Server.Plates;

/// <summary>
/// Keeps the tests of the plates that were asked for last, because thousands of permutations take up to a second. The tests are a
/// function of the counts, so the counts are the key: nothing has to be evicted when labels change.
/// </summary>
internal sealed class PositionTestStore
{
    /// <summary>The number of kept results, of about 5 KB each.</summary>
    private const int Maximum = 1000;

    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<PositionTest>>> _known = new();

    /// <summary>Gets the tests of wells.</summary>
    public IReadOnlyList<PositionTest> Get(WellCounts counts)
    {
        if (_known.Count >= Maximum)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(ComputeKey(counts), _ => new(() => PositionTests.Compute(counts))).Value;
    }

    private static string ComputeKey(WellCounts counts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>(counts.Images.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<double>(counts.Errors.ToArray()));
        hash.AppendData(
            MemoryMarshal.AsBytes<int>(
                counts
                    .Map.Wells.SelectMany(w =>
                        new[] { w.Plate, counts.Map.Plates[w.Plate].Format?.Wells ?? 0, w.Position?.Row ?? -1, w.Position?.Column ?? -1 }
                    )
                    .ToArray()
            )
        );
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
