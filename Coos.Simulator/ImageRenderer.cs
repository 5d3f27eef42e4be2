using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Compartments;
using Coos.Simulator.Design;
using Coos.Simulator.Optics;
using Coos.Simulator.Parameters;

namespace Coos.Simulator;

/// <summary>Draws images one by one. It reuses its buffers, so each thread needs its own renderer.</summary>
internal sealed class ImageRenderer
{
    /// <summary>The pixels drawn beyond the edges of the image, whose light is blurred into it.</summary>
    private const int Margin = 4;

    private const double NucleusTextureScale = 0.9;
    private const float NucleusTextureContrast = 0.1f;

    private readonly SimulationParameters _parameters;
    private readonly MicroscopeParameters _optics;
    private readonly Microscope _microscope;
    private readonly CellScene _scene;
    private readonly float[] _protein;
    private readonly float[] _nucleus;

    public ImageRenderer(SimulationParameters parameters, MicroscopeParameters optics)
    {
        _parameters = parameters;
        _optics = optics;
        _microscope = new Microscope(optics, parameters.ImageSize, parameters.Oversampling, Margin);
        var size = (parameters.ImageSize + (2 * Margin)) * parameters.Oversampling;
        _scene = new CellScene(new Grid(size, optics.PixelSize / parameters.Oversampling));
        _protein = new float[_scene.Grid.Length];
        _nucleus = new float[_scene.Grid.Length];
    }

    /// <summary>Draws an image.</summary>
    /// <param name="site">The well, which has the class.</param>
    /// <param name="conditions">The conditions of the well.</param>
    /// <param name="cell">Random numbers whose use does not depend on the class: the nucleus must not predict it.</param>
    /// <param name="structure">Random numbers of the compartment and of the noise of its channel.</param>
    /// <param name="target">Receives the samples by channel (protein, nucleus), row and column.</param>
    public void Render(WellSite site, Conditions conditions, RandomStream cell, RandomStream structure, Span<ushort> target)
    {
        Array.Clear(_protein);
        Array.Clear(_nucleus);
        DrawCells(Compartment.All[site.Class], conditions, cell, structure);

        var illumination = Illumination.Draw(_optics, _parameters.ImageSize, cell);
        var defocus = conditions.Defocus * cell.LogNormal(_parameters.Variation.Defocus, _parameters.Variation.DefocusSigma);
        var background = conditions.Background * _optics.Background;
        var pixels = _parameters.ImageSize * _parameters.ImageSize;
        _microscope.Expose(_nucleus, _optics.NucleusWavelength, defocus, background, illumination, cell, target[pixels..]);
        _microscope.Expose(_protein, _optics.ProteinWavelength, defocus, background, illumination, structure, target[..pixels]);
    }

    /// <summary>Draws the cell of the crop and its neighbours, all of one class, since a well holds one cell line.</summary>
    private void DrawCells(Compartment compartment, Conditions conditions, RandomStream cell, RandomStream structure)
    {
        var cells = _parameters.Cells;
        var (x, y) = (cells.CropShift * cell.Normal(), cells.CropShift * cell.Normal());
        var body = DrawCell(compartment, conditions, x, y, cell, structure);
        var neighbours = cell.Poisson(cells.Neighbours);
        for (var i = 0; i < neighbours; i++)
        {
            var direction = cell.Direction();
            var distance = 2 * body.Radius * cell.Uniform(cells.MinNeighbourDistance, cells.MaxNeighbourDistance);
            DrawCell(compartment, conditions, x + (distance * direction.X), y + (distance * direction.Y), cell, structure);
        }
    }

    private Contour DrawCell(Compartment compartment, Conditions conditions, double x, double y, RandomStream cell, RandomStream structure)
    {
        var (cells, variation) = (_parameters.Cells, _parameters.Variation);
        var scale = conditions.Shift.CellRadius;
        var nucleusRadius = scale * cell.LogNormal(cells.NucleusRadius, cells.NucleusRadiusSigma);
        var nucleus = new Contour(x, y, nucleusRadius, cells.NucleusRoughness, cell);
        var body = new Contour(
            x + (cells.NucleusShift * cell.Normal()),
            y + (cells.NucleusShift * cell.Normal()),
            Math.Max(scale * cell.LogNormal(cells.Radius, cells.RadiusSigma), 1.35 * nucleus.Radius),
            cells.Roughness,
            cell
        );
        var dye = conditions.Nucleus * _optics.Transmission * cell.LogNormal(variation.Nucleus, variation.NucleusSigma);
        var light = conditions.Protein * _optics.Transmission * cell.LogNormal(variation.Protein, variation.ProteinSigma);

        if (IsVisible(body))
        {
            _scene.Place(body, nucleus, cells);
            DrawNucleus(dye, cell);
            compartment.Draw(_scene, _parameters.Compartments, structure);
            AddProtein(compartment, light, conditions, structure);
        }

        return body;
    }

    private bool IsVisible(Contour body) => Math.Max(Math.Abs(body.X), Math.Abs(body.Y)) < _scene.Grid.HalfSide + body.MaxRadius;

    private void AddProtein(Compartment compartment, double light, Conditions conditions, RandomStream structure)
    {
        var compartments = _parameters.Compartments;
        var stray = compartment.IsMislocalised
            ? Math.Min(
                compartments.MaxMislocalised,
                conditions.Shift.Mislocalised * structure.LogNormal(compartments.Mislocalised, compartments.MislocalisedSigma)
            )
            : 0;
        double own = 0;
        double diffuse = 0;
        for (var i = 0; i < _protein.Length; i++)
        {
            own += _scene.Density[i];
            diffuse += Cytosol.Diffuse(_scene, i, compartments);
        }

        // Light is the mean over the cell's area; the part outside the crop is lost.
        var ownScale = own > 0 ? (float)((1 - stray) * light * _scene.Covered / own) : 0;
        var strayScale = diffuse > 0 ? (float)(stray * light * _scene.Covered / diffuse) : 0;
        for (var i = 0; i < _protein.Length; i++)
        {
            _protein[i] += (ownScale * _scene.Density[i]) + (strayScale * Cytosol.Diffuse(_scene, i, compartments));
        }
    }

    private void DrawNucleus(double dye, RandomStream cell)
    {
        var (cells, nucleus) = (_parameters.Cells, _scene.Nucleus);
        ValueNoise.Fill(_scene.Grid, _scene.Texture, NucleusTextureScale, cell);
        for (var i = 0; i < _scene.Texture.Length; i++)
        {
            _scene.Texture[i] = 1 + (NucleusTextureContrast * _scene.Texture[i]);
        }

        var count = cell.Poisson(cells.Chromocentres);
        for (var i = 0; i < count; i++)
        {
            var direction = cell.Direction();
            var distance = 0.8 * nucleus.Radius * Math.Sqrt(cell.Uniform());
            Brush.Blob(
                _scene.Grid,
                _scene.Texture,
                nucleus.X + (distance * direction.X),
                nucleus.Y + (distance * direction.Y),
                cell.LogNormal(cells.ChromocentreRadius, 0.25),
                cells.ChromocentreContrast * cell.Uniform(0.5, 1.2)
            );
        }

        for (var i = 0; i < _nucleus.Length; i++)
        {
            _nucleus[i] += (float)dye * _scene.NucleusMask[i] * Math.Max(0, _scene.Texture[i]);
        }
    }
}
