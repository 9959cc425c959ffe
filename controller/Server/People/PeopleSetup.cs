using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreOptions = HaiSoft.Controller.Storage.StoreOptions;

namespace HaiSoft.Controller.People;

/// <summary>Puts accounts and sign-in together.</summary>
internal static class PeopleSetup
{
    public static IHostApplicationBuilder AddPeople(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PeopleOptions>().BindConfiguration(PeopleOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PeopleOptions>, Validation>();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Person>()
            .AddRoles<IdentityRole>()
            .AddUserStore<PersonStore>()
            .AddRoleStore<RoleStore<IdentityRole, ControllerDbContext>>()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddPasswordValidator<LengthyPassword>()
            .AddSignInManager<PersonSignIn>()
            .AddDefaultTokenProviders();
        services.AddAuthentication().AddIdentityCookies();
        services.AddAuthorization(Policies.AddTo);
        services.AddSingleton<IAuthorizationHandler, SecondFactorRequirement.Handler>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<SignInLinkFile>();
        services.AddSingleton<ConsoleLocation>();
        services.AddSingleton<SignInRecords>();
        services.AddSingleton<PasskeyRecords>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddScoped<PasskeyQuestions>();
        services.AddScoped<GatedPeople>();
        services.AddScoped<Passkeys>();
        services.AddScoped<SignInAttempts>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<NewPeople>();
        services.AddHostedService<FirstAdministrator>();
        KeepKeys(services);
        ConfigureIdentity(services);
        return builder;
    }

    /// <summary>Sessions outlive a restart: the keys that protect them lie in the data folder.</summary>
    private static void KeepKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("haisoft-controller");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<StoreOptions>, ILoggerFactory>((keys, store, logs) =>
        {
            var folder = Directory.CreateDirectory(
                Path.Combine(store.Value.DataFolder, "session-keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            keys.XmlRepository = new FileSystemXmlRepository(folder, logs);
        });
    }

    private static void ConfigureIdentity(IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().Configure<IOptions<PeopleOptions>>((identity, people) =>
        {
            identity.Password = new PasswordOptions
            {
                RequiredLength = 1, // LengthyPassword says it all
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
            identity.Lockout.MaxFailedAccessAttempts = people.Value.LockoutAfter;
            identity.Lockout.DefaultLockoutTimeSpan = people.Value.LockoutDuration;
            identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._+@";
        });
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PeopleOptions>>((passkeys, people) =>
        {
            passkeys.ServerDomain = people.Value.PasskeyDomain;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(
                !asked.CrossOrigin && asked.TopOrigin is null && asked.Origin == ConsoleLocation.OriginOf(asked.HttpContext.Request));
        });
        services.AddOptions<SecurityStampValidatorOptions>().Configure(stamps => stamps.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<PeopleOptions>>((cookie, people) => ConfigureSession(cookie, people.Value));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure(cookie => Restrict(cookie, "haisoft.second-factor", TimeSpan.FromMinutes(10)));
    }

    private static void ConfigureSession(CookieAuthenticationOptions cookie, PeopleOptions people)
    {
        Restrict(cookie, "haisoft.session", people.SessionLifetime);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.LogoutPath = "/sign-out";
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.ReturnUrlParameter = "then";
    }

    /// <summary>In clear only where the console is (a loopback address, DESIGN 7): the request's own scheme decides.</summary>
    private static void Restrict(CookieAuthenticationOptions cookie, string name, TimeSpan lifetime)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = lifetime;
    }

    private sealed class Validation : IValidateOptions<PeopleOptions>
    {
        public ValidateOptionsResult Validate(string? name, PeopleOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
