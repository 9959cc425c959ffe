using Grpc.Core;
using Grpc.Core.Interceptors;

namespace HaiSoft.Controller.Tests.Identity;

/// <summary>Adds one header to every call.</summary>
internal sealed class WithHeader(CallInvoker inner, string name, string value)
{
    public CallInvoker Invoker { get; } = inner.Intercept(metadata =>
    {
        metadata.Add(name, value);
        return metadata;
    });
}
