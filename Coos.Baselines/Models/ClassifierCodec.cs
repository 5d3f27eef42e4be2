using Coos.Baselines.Classifiers;
using Coos.Baselines.Forest;

namespace Coos.Baselines.Models;

/// <summary>Reads and writes trained classifiers in binary files: the type name, then the parameters.</summary>
internal static class ClassifierCodec
{
    /// <summary>Writes a classifier.</summary>
    public static void WriteClassifier(this BinaryWriter writer, IClassifier classifier)
    {
        writer.Write(classifier.GetType().Name);
        switch (classifier)
        {
            case NearestNeighbours nearest:
                writer.Write(nearest.Neighbours);
                writer.Write(nearest.Training.Classes);
                writer.WriteInts(nearest.Training.Labels);
                writer.WriteMatrix(nearest.Training.Features);
                break;
            case LinearClassifier linear:
                writer.WriteMatrix(linear.Weights);
                writer.WriteDoubles([.. linear.Intercepts]);
                break;
            case RandomForest forest:
                writer.Write(forest.Classes);
                writer.Write(forest.Trees.Count);
                foreach (var tree in forest.Trees)
                {
                    writer.WriteTree(tree);
                }

                break;
            default:
                throw new NotSupportedException(classifier.GetType().Name);
        }
    }

    /// <summary>Reads a classifier.</summary>
    public static IClassifier ReadClassifier(this BinaryReader reader)
    {
        switch (reader.ReadString())
        {
            case nameof(NearestNeighbours):
                var (neighbours, classes, labels) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInts());
                return new NearestNeighbours(new TrainingSet(reader.ReadMatrix(), labels, classes), neighbours);
            case nameof(LinearClassifier):
                return new LinearClassifier(reader.ReadMatrix(), reader.ReadDoubles());
            default:
                var (k, trees) = (reader.ReadInt32(), new DecisionTree[reader.ReadInt32()]);
                for (var t = 0; t < trees.Length; t++)
                {
                    trees[t] = reader.ReadTree();
                }

                return new RandomForest(trees, k);
        }
    }
}
