using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HaiSoft.Controller.Storage;

/// <summary>Names columns as the migrations do, where no configuration named them.</summary>
internal static class SnakeCaseNames
{
    public static void Give(IMutableModel model)
    {
        foreach (IMutableProperty property in model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
