using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Coos.Web.Components;

/// <summary>An SVG <c>text</c> element, as a component because Razor gives that element name another meaning.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Its horizontal position, in units of the view box.</summary>
    [Parameter, EditorRequired]
    public double X { get; set; }

    /// <summary>The position of its baseline, in units of the view box.</summary>
    [Parameter, EditorRequired]
    public double Y { get; set; }

    /// <summary>The text anchor: start, middle or end.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>CSS classes.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>The angle by which it is turned about its anchor, in degrees clockwise.</summary>
    [Parameter]
    public double Turn { get; set; }

    /// <summary>The text as a tooltip, for one that is shortened; null for none.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", SvgNumber.Format(X));
        builder.AddAttribute(3, "y", SvgNumber.Format(Y));
        builder.AddAttribute(4, "text-anchor", Anchor);
        if (Turn != 0)
        {
            builder.AddAttribute(5, "transform", $"rotate({SvgNumber.Format(Turn)} {SvgNumber.Format(X)} {SvgNumber.Format(Y)})");
        }

        builder.AddContent(6, Value);
        if (Title is not null && Title != Value)
        {
            builder.OpenElement(7, "title");
            builder.AddContent(8, Title);
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
