using System.Text.Encodings.Web;
using System.Text.Unicode;
using HaiSoft.Controller.Console.Charts;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Console.Layout;
using HaiSoft.Controller.Console.Live;
using HaiSoft.Controller.Console.Operations;
using HaiSoft.Controller.Console.Own;
using HaiSoft.Controller.Listeners;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;

namespace HaiSoft.Controller.Console;

/// <summary>Puts the pages of technicians and customers together.</summary>
internal static class ConsoleSetup
{
    public static IHostApplicationBuilder AddConsole(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // addresses of requests carry sign-in links
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/";
            pages.Conventions.Add(new ExplicitPolicy());
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "haisoft.form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // SecurityHeaders says it, and more strictly
        });
        services.Configure<CookieTempDataProviderOptions>(notice =>
        {
            notice.Cookie.Name = "haisoft.notice";
            notice.Cookie.SameSite = SameSiteMode.Strict;
            notice.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<ForwardedHeadersOptions>(proxy => proxy.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // assets only: a page with secrets is never compressed
            compression.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.AddHttpContextAccessor();
        services.AddWebEncoders(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(
            UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.LatinExtendedA, UnicodeRanges.GeneralPunctuation));
        services.AddScoped<Texts>();
        services.AddSingleton<ChartBook>();
        services.AddSingleton<OwnServers>();
        services.AddSingleton<OwnOperations>();
        services.AddSingleton<TrustNotices>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<ServerChanges>();
        services.AddHostedService(provider => provider.GetRequiredService<ServerChanges>());
        return builder;
    }

    /// <summary>What comes before routing, on the console's port only: calls of agents and command lines see nothing of it.</summary>
    public static void UseConsole(this WebApplication app) =>
        app.UseWhen(
            context => context.IsOn(ListenerKind.Console),
            console =>
            {
                console.UseForwardedHeaders();
                console.Use((context, next) =>
                {
                    SecurityHeaders.Add(context);
                    return next(context);
                });
                console.UseExceptionHandler("/problem/500");
                console.UseStatusCodePagesWithReExecute("/problem/{0}");
                console.UseResponseCompression();
                console.UseStaticFiles(new StaticFileOptions
                {
                    OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                        file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
                });
            });

    /// <summary>The pages.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.MapRazorPages();
        PreferencesEndpoint.Map(app);
        LiveEndpoint.Map(app);
        ChartEndpoint.Map(app);
    }
}
