using System.Globalization;
using System.Text;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Models;
using Coos.Baselines.Texture;
using Coos.Cli.Baseline;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;
using Coos.Shared.Labels;

namespace Coos.Cli.Data;

/// <summary>Computes the nearest training images of all images of a dataset by their texture, standardised on training.</summary>
internal static class NeighbourIndexer
{
    /// <summary>Computes the index files of all splits.</summary>
    /// <param name="request">What to compute.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The text of each split's file, by split.</returns>
    /// <exception cref="DatasetException">The images cannot be read, or there are too few training images.</exception>
    public static IReadOnlyList<(string Split, string Text)> Compute(IndexRequest request, CancellationToken cancellation)
    {
        var splits = DatasetFolder.FindSplits(request.Data);
        if (!splits.TryGetValue(CoosLayout.Training, out var trainingPath))
        {
            throw new DatasetException(request.Data, null, null, "there is no training split (*_training.hdf5 or train/)");
        }

        using var set = ImageSet.Open(trainingPath);
        if (set.Shape.Count <= request.Neighbours)
        {
            throw new DatasetException(
                set.Source,
                null,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"there are {set.Shape.Count} training images; --neighbours {request.Neighbours} needs {request.Neighbours + 1}"
                )
            );
        }

        RequireOneShape(splits.Values, set.Shape);
        var features = GetFeatures(request, set, CoosLayout.Training, cancellation);
        var standardisation = Standardisation.Fit(features);
        var training = new IndexedSet(set, standardisation.Apply(features));
        var search = new NeighbourSearch(training.Features);
        return
        [
            .. splits.Select(split =>
                (split.Key, Compute(request, split.Key, split.Value, training, standardisation, search, cancellation))
            ),
        ];
    }

    private static string Compute(
        IndexRequest request,
        string split,
        string path,
        IndexedSet training,
        Standardisation standardisation,
        NeighbourSearch search,
        CancellationToken cancellation
    )
    {
        if (split == CoosLayout.Training)
        {
            return Write(request, split, training, training, search, cancellation);
        }

        using var set = ImageSet.Open(path);
        var features = GetFeatures(request, set, split, cancellation);
        return Write(request, split, new IndexedSet(set, standardisation.Apply(features)), training, search, cancellation);
    }

    private static string Write(
        IndexRequest request,
        string split,
        IndexedSet images,
        IndexedSet training,
        NeighbourSearch search,
        CancellationToken cancellation
    )
    {
        var found = search.Find(images.Features, request.Neighbours, skipSelf: images == training, cancellation);
        var nearest = images.Order.SelectMany(stored => found[stored]).ToList();
        var header = new NeighbourHeader
        {
            Version = NeighbourHeader.CurrentVersion,
            Features = request.Texture.Name,
            FeatureCount = images.Features.Columns,
            Neighbours = request.Neighbours,
            Split = split,
            Images = images.ComputeFingerprint(),
            Training = training.ComputeFingerprint(),
        };
        var index = new NeighbourIndex(
            header,
            [.. nearest.Select(n => training.Positions[n.Image])],
            [.. nearest.Select(n => (float)n.Distance)]
        );
        return NeighbourFile.Write(index, images.Ids, training.Ids);
    }

    private static FeatureMatrix GetFeatures(IndexRequest request, ImageSet set, string split, CancellationToken cancellation) =>
        request.Cache is { } folder
            ? new FeatureSource(folder, request.Texture).Get(set, split, cancellation)
            : ProgressBar.Show(
                $"texture {split}",
                set.Shape.Count,
                progress => TextureFeatures.Compute(set, request.Texture, progress, cancellation)
            );

    /// <summary>Finds images of another shape before an hour of work.</summary>
    private static void RequireOneShape(IEnumerable<string> paths, ImageShape training)
    {
        foreach (var path in paths)
        {
            using var set = ImageSet.Open(path);
            TextureModel.Require(set, training);
        }
    }

    /// <summary>A set with its standardised features, and the canonical order of its images.</summary>
    private sealed class IndexedSet
    {
        private readonly ImageSet _set;

        public IndexedSet(ImageSet set, FeatureMatrix features)
        {
            (_set, Features) = (set, features);
            byte[][] ids = [.. Enumerable.Range(0, set.Shape.Count).Select(i => Encoding.UTF8.GetBytes(set.Id(i)))];
            try
            {
                Ids = ImageIndex.Create(ids, out var order);
                Order = order;
            }
            catch (ArgumentException fault)
            {
                throw new DatasetException(set.Source, null, null, fault.Message, fault);
            }

            Positions = new int[Order.Length];
            for (var position = 0; position < Order.Length; position++)
            {
                Positions[Order[position]] = position;
            }
        }

        public FeatureMatrix Features { get; }

        public ImageIndex Ids { get; }

        /// <summary>The index in the file of the image at each canonical position.</summary>
        public int[] Order { get; }

        /// <summary>The canonical position of each image in the file.</summary>
        public int[] Positions { get; }

        public ImageFingerprint ComputeFingerprint() => ImageFingerprint.Compute(Ids, position => _set.Read(Order[position], 1));
    }
}
