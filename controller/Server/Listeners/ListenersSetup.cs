using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>Puts the ports together.</summary>
internal static class ListenersSetup
{
    /// <summary>Adds where the controller listens, checked at start.</summary>
    public static IHostApplicationBuilder AddListeners(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ListenerOptions>().Bind(builder.Configuration.GetSection(ListenerOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ListenerOptions>, ListenerOptionsCheck>();
        builder.Services.AddSingleton<BoundPorts>();
        return builder;
    }
}
