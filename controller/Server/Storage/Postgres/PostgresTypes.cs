using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HaiSoft.Controller.Storage.Postgres;

/// <summary>
/// Gives the model the types of the migrations: integers, flags and enumerations are 64 bits wide and days are text, as in the
/// other store, so that hand SQL reads and writes both alike.
/// </summary>
internal static class PostgresTypes
{
    public static void Give(IMutableModel model)
    {
        foreach (IMutableProperty property in model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.GetValueConverter() is null && property.GetProviderClrType() is null)
                Give(property, Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType);
        }
    }

    private static void Give(IMutableProperty property, Type type)
    {
        if (type.IsEnum || type == typeof(bool) || type == typeof(int) || type == typeof(short))
        {
            property.SetProviderClrType(typeof(long));
        }
        else if (type == typeof(DateOnly))
        {
            property.SetProviderClrType(typeof(string));
            property.SetColumnType("text");
        }
    }
}
