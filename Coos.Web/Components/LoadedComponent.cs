using Microsoft.AspNetCore.Components;

namespace Coos.Web.Components;

/// <summary>
/// A component that shows what it reads. Blazor renders a component as soon as its initialisation waits for something,
/// and again afterwards; a page that assumes what it read is broken by the first of the two, but only on a database
/// whose calls do wait, which SQLite's do not. This one is rendered when everything is there, and not before.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    private Task? _loading;

    /// <inheritdoc/>
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await (_loading ??= LoadAsync());
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the component shows: once, with its parameters set.</summary>
    protected abstract Task LoadAsync();
}
