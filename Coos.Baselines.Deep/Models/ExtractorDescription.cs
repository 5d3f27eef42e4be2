namespace Coos.Baselines.Deep.Models;

/// <summary>A network and the layer of it that gives features.</summary>
/// <param name="Family">deeploc, pci, vgg16 or vgg19.</param>
/// <param name="Layer">The layer; null for DeepLoc's probabilities.</param>
/// <param name="Preprocessing">VGG: caffe or torchvision.</param>
/// <param name="Network">DeepLoc, PCI: the network that was trained.</param>
public sealed record ExtractorDescription(string Family, string? Layer, string? Preprocessing = null, NetworkDescription? Network = null);
