using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Coos.Web.Components;

/// <summary>An SVG <c>text</c> element, as a component because Razor gives that element name another meaning.</summary>
public sealed class SvgFormat : ComponentBase
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

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Formats a coordinate with one decimal at most; never -0.</summary>
    public static string Number(double value) => value.ToString("0.#;-0.#;0", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", Number(X));
        builder.AddAttribute(3, "y", Number(Y));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Value);
        builder.CloseElement();
    }
}
