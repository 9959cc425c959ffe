using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace HaiSoft.Controller.Console;

/// <summary>Every page says who may open it, or that everybody may; one that does not keeps the controller from starting (DESIGN 4).</summary>
internal sealed class ExplicitPolicy : IPageApplicationModelConvention
{
    public void Apply(PageApplicationModel model)
    {
        var attributes = model.HandlerTypeAttributes;
        if (!attributes.OfType<AuthorizeAttribute>().Any(a => a.Policy is not null) && !attributes.OfType<AllowAnonymousAttribute>().Any())
            throw new InvalidOperationException($"The page {model.ViewEnginePath} has no policy: give it [Authorize(policy)] or [AllowAnonymous].");
    }
}
