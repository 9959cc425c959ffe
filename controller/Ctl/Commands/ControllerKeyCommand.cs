using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>catalogue controller-key</c>.</summary>
internal static class ControllerKeyCommand
{
    public static Command Create()
    {
        Option<FileInfo> target = TrustOptions.Out("Where the public key goes (a .pub file for catalogue new --controller).");
        Command command = new("controller-key", "Write the public half of the key that the controller signs orders with, to be listed in the catalogue.") { target };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetControllerKeyResponse response = await run.Controller.Catalogues.GetControllerKeyAsync(
                new GetControllerKeyRequest(), run.Soon(cancellationToken));
            SigningKey key = KeyFiles.WritePublic(run.Given.GetRequiredValue(target), response.Key);
            run.Output.Write(
                new KeyShape(key.KeyId, key.Name, key.PublicKey.ToBase64()),
                ShapesJson.Default.KeyShape,
                () => Screen.Print(run.Console, Screen.Text($"Key {key.KeyId} of the {key.Name}."), Screen.Text("Compare its id with ca/order.pub on the controller before you list it.")));
        });
        return command;
    }
}
