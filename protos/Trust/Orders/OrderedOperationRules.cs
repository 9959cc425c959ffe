using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>What must hold for an order's one operation.</summary>
internal static class OrderedOperationRules
{
    private const int MostPackages = 100;

    public static void Find(Order order, Faults faults)
    {
        switch (order.OperationCase)
        {
            case Order.OperationOneofCase.LocateDisk:
                FindDisk(order.LocateDisk.SerialNumber, "locateDisk", faults);
                break;
            case Order.OperationOneofCase.SelfTest:
                FindDisk(order.SelfTest.SerialNumber, "selfTest", faults);
                break;
            case Order.OperationOneofCase.InstallPackages:
                FindNames([.. order.InstallPackages.Packages.Select(package => package.Name)], "installPackages.packages", ".name", faults);
                foreach ((int i, PackageInstall package) in order.InstallPackages.Packages.Index())
                    FindChoices(package, $"{Faults.Item("installPackages.packages", i)}.choices", faults);
                break;
            case Order.OperationOneofCase.UpdatePackages:
                FindNames([.. order.UpdatePackages.Names], "updatePackages.names", "", faults);
                break;
            case Order.OperationOneofCase.SecurityUpdates:
                break;
            case Order.OperationOneofCase.Undo:
                faults.Unless(order.Undo.OrderId.Length == OrderRules.IdLength, "undo.orderId", $"is not {OrderRules.IdLength} bytes.");
                break;
            default:
                faults.Add("", "It has no operation.");
                break;
        }
    }

    private static void FindDisk(string serialNumber, string path, Faults faults) =>
        faults.Unless(Words.IsSerialNumber(serialNumber), $"{path}.serialNumber", "is not 1 to 64 printable ASCII characters without spaces.");

    private static void FindNames(IReadOnlyList<string> names, string path, string field, Faults faults)
    {
        faults.Unless(names.Count is >= 1 and <= MostPackages, path, $"has {names.Count} packages: it is 1 to {MostPackages}.");
        foreach ((int i, string name) in names.Index())
            faults.Unless(Words.IsPackageName(name), Faults.Item(path, i) + field, "is not the exact name of an RPM (no pattern, no version).");
        faults.UnlessDistinct(names, path, field);
    }

    private static void FindChoices(PackageInstall package, string path, Faults faults)
    {
        foreach ((int i, PackageChoice choice) in package.Choices.Index())
        {
            bool isWhole = choice.ChoiceCase switch
            {
                PackageChoice.ChoiceOneofCase.ServiceEnabled => true,
                PackageChoice.ChoiceOneofCase.Port => choice.Port is >= 1 and <= 65535,
                PackageChoice.ChoiceOneofCase.DocumentRoot => Words.IsPath(choice.DocumentRoot),
                _ => false,
            };
            faults.Unless(isWhole, Faults.Item(path, i), "is not a service switched on or off, a port, or an absolute path.");
        }

        faults.UnlessDistinct(package.Choices.Select(choice => choice.ChoiceCase), path);
    }
}
