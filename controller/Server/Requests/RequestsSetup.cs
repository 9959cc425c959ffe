namespace HaiSoft.Controller.Requests;

/// <summary>Puts requests and quotes together.</summary>
internal static class RequestsSetup
{
    public static IHostApplicationBuilder AddRequests(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestStory>();
        builder.Services.AddSingleton<RequestBoard>();
        builder.Services.AddSingleton<RequestWork>();
        builder.Services.AddSingleton<QuoteWork>();
        builder.Services.AddHostedService<QuoteExpiry>();
        return builder;
    }
}
