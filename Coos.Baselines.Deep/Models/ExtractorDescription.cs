namespace Coos.Baselines.Deep.Models;

/// <summary>The description of a network and of the layer used for features.</summary>
/// <param name="Family">The family: deeploc, pci, vgg16 or vgg19.</param>
/// <param name="Layer">The layer; null for the probabilities of DeepLoc.</param>
/// <param name="Preprocessing">For VGG: caffe or torchvision.</param>
/// <param name="Network">For DeepLoc and PCI: the trained network.</param>
public sealed record ExtractorDescription(string Family, string? Layer, string? Preprocessing = null, NetworkDescription? Network = null);
