namespace Coos.Evaluator.Hardness;

/// <summary>The votes of the entries for the images of a split.</summary>
/// <param name="WrongShares">The share of votes for another class than the label, 0..1 for each image.</param>
/// <param name="Predicted">The class with most votes for each image; the first of several with as many.</param>
public sealed record ImageVotes(float[] WrongShares, ushort[] Predicted)
{
    /// <summary>The share of wrong votes of an image, rounded to six decimals.</summary>
    public double GetWrongShare(int image) => Math.Round(WrongShares[image], 6, MidpointRounding.ToEven);
}
