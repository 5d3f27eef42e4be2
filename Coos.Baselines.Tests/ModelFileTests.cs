using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Models;
using Coos.Baselines.Tests.Support;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Tests;

public sealed class ModelFileTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-model").FullName;

    [Theory]
    [InlineData("knn")]
    [InlineData("l1lr")]
    [InlineData("rf")]
    public void A_saved_model_predicts_the_same(string classifier)
    {
        var training = Blobs.Make(60, 4, 3, seed: 1);
        IClassifier trained = classifier switch
        {
            "knn" => new NearestNeighbours(training),
            "l1lr" => L1LogisticRegression.Train(training, 1, null, Cancellation),
            _ => RandomForest.Train(training, new ForestOptions { Trees = 5 }, 1, null, Cancellation),
        };
        var model = new TextureModel(
            new ImageShape(60, 2, 32, 32),
            new TextureOptions { Distances = [1, 3] },
            Standardisation.Fit(training.Features),
            trained
        );
        var path = Path.Combine(_folder, "model");

        ModelFile.Write(path, model);
        var read = ModelFile.Read(path);

        Assert.Equal(model.Shape, read.Shape);
        Assert.Equal(model.Texture.Distances, read.Texture.Distances);
        Assert.Equal(model.Predict(training.Features, Cancellation).Values, read.Predict(training.Features, Cancellation).Values);
    }

    [Fact]
    public void A_damaged_model_is_rejected()
    {
        var path = Path.Combine(_folder, "model");
        File.WriteAllBytes(path, new byte[100]);

        var fault = Assert.Throws<DatasetException>(() => ModelFile.Read(path));

        Assert.Equal($"{path}: this is not a model file, or it is damaged; train again with coos baseline run --save", fault.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
