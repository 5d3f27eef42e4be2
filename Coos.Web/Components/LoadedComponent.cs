using Microsoft.AspNetCore.Components;

namespace Coos.Web.Components;

/// <summary>
/// A component that renders only after its data is loaded. Blazor normally renders a component when its initialisation
/// first awaits, and again afterwards. The first render fails if the page assumes that its data is loaded. SQLite hides the
/// fault, because its calls complete synchronously; PostgreSQL shows it.
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

    /// <summary>Loads the data of the component. Called once, after the parameters are set.</summary>
    protected abstract Task LoadAsync();
}
