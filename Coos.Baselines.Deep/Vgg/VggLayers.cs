using System.Globalization;

namespace Coos.Baselines.Deep.Vgg;

/// <summary>The convolutions of a VGG network, with the numbers of torchvision and the usual names.</summary>
public sealed class VggLayers
{
    private static readonly int[] Widths = [64, 128, 256, 512, 512];

    private readonly List<VggLayer?> _modules = [];

    private VggLayers(string name, IReadOnlyList<int> convolutionsOfBlock)
    {
        Name = name;
        for (var block = 0; block < Widths.Length; block++)
        {
            for (var convolution = 0; convolution < convolutionsOfBlock[block]; convolution++)
            {
                var layerName = string.Create(CultureInfo.InvariantCulture, $"conv{block + 1}_{convolution + 1}");
                _modules.Add(new VggLayer(layerName, Widths[block], _modules.Count));
                // The ReLU has a number too.
                _modules.Add(null);
            }

            _modules.Add(null);
        }
    }

    /// <summary>VGG16: configuration D of the paper.</summary>
    public static VggLayers Vgg16 { get; } = new("VGG16", [2, 2, 3, 3, 3]);

    /// <summary>VGG19: configuration E of the paper.</summary>
    public static VggLayers Vgg19 { get; } = new("VGG19", [2, 2, 4, 4, 4]);

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>All convolutions, in order.</summary>
    public IEnumerable<VggLayer> Convolutions => _modules.OfType<VggLayer>();

    /// <summary>Finds a convolution.</summary>
    /// <param name="layer">The name, for example <c>conv3_3</c>.</param>
    /// <exception cref="BaselineException">The layer is unknown.</exception>
    public VggLayer Find(string layer) =>
        Convolutions.FirstOrDefault(c => c.Name == layer)
        ?? throw new BaselineException(
            $"{Name} has no layer {layer}; its layers are {string.Join(", ", Convolutions.Select(c => c.Name))}"
        );

    /// <summary>Lists the convolutions up to one of them with their numbers in torchvision; null stands for pooling.</summary>
    internal IEnumerable<(string Index, VggLayer? Layer)> UpTo(string lastLayer)
    {
        var last = Find(lastLayer).Index;
        for (var i = 0; i <= last; i++)
        {
            var isRelu = i > 0 && _modules[i - 1] is not null;
            if (!isRelu)
            {
                yield return (i.ToString(CultureInfo.InvariantCulture), _modules[i]);
            }
        }
    }
}

/// <summary>A convolution of a VGG network.</summary>
/// <param name="Name">The name, for example <c>conv3_3</c> (block3_conv3 in Keras).</param>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Index">The number in torchvision, as in <c>features.INDEX.weight</c> and <c>.bias</c>.</param>
public sealed record VggLayer(string Name, int Channels, int Index);
