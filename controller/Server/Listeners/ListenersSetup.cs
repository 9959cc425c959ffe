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
        builder.Services.AddSingleton<IdleConnections>();
        builder.Services.AddSingleton<HandshakeTurns>();
        return builder;
    }

    /// <summary>Puts in front of everything what tells idle connections from those that work.</summary>
    public static void UseIdleConnections(this WebApplication app)
    {
        IdleConnections idle = app.Services.GetRequiredService<IdleConnections>();
        app.Use(next => context => idle.AskAsync(context, next));
    }
}
