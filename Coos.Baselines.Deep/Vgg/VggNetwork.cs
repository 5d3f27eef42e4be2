using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.Vgg;

/// <summary>The first layers of VGG (Simonyan and Zisserman, ICLR 2015), up to the ReLU of one convolution.</summary>
/// <remarks>3x3 convolutions of stride 1, each with ReLU; 2x2 max pooling between blocks. Parameters have torchvision's names.</remarks>
internal sealed class VggNetwork : Module<Tensor, Tensor>
{
    private const int Colours = 3;

    private readonly TorchSharp.Modules.Sequential _features;

    public VggNetwork(VggLayers layers, string lastLayer)
        : base("vgg")
    {
        var modules = new List<(string, Module<Tensor, Tensor>)>();
        var input = Colours;
        foreach (var (index, layer) in layers.UpTo(lastLayer))
        {
            if (layer is null)
            {
                modules.Add((index, MaxPool2d(2, 2)));
                continue;
            }

            modules.Add((index, Conv2d(input, layer.Channels, 3, padding: 1)));
            modules.Add((index + "_relu", ReLU(inplace: true)));
            input = layer.Channels;
        }

        _features = Sequential(modules);
        register_module("features", _features);
    }

    /// <summary>Computes the features, N x channels x H' x W', of images, N x 3 x H x W.</summary>
    public override Tensor forward(Tensor input) => _features.forward(input);
}
