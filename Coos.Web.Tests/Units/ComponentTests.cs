using System.Reflection;
using Coos.Web.Components;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Rules for components whose violation works by chance on one database and fails on the other.</summary>
public sealed class ComponentTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
    private static readonly string[] RenderedTooEarly = ["OnInitializedAsync", "OnParametersSetAsync"];

    [Fact]
    public void Components_do_not_render_before_they_are_loaded()
    {
        var components = typeof(LoadedComponent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ComponentBase))).ToList();

        Assert.Contains(components, t => t.IsSubclassOf(typeof(LoadedComponent)));
        Assert.Empty(
            components
                .Where(t => RenderedTooEarly.Any(name => t.GetMethod(name, Declared) is not null))
                .Select(t => $"{t.Name} inherits LoadedComponent instead")
        );
    }
}
