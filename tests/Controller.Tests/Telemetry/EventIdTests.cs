using System.Reflection;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>A log entry's id names one place of the program: people look for it, and alarms go by it.</summary>
public sealed class EventIdTests
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_two_log_entries_have_the_same_id()
    {
        int[] ids =
        [
            .. typeof(WriteGate).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(Any))
                .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
                .OfType<LoggerMessageAttribute>()
                .Select(message => message.EventId),
        ];

        ids.Length.ShouldBeGreaterThan(20);
        ids.ShouldBeUnique();
    }
}
