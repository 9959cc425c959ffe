using HaiSoft.Controller;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Console;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Storage;

return await ControllerProgram.RunAsync(
    args,
    builder =>
    {
        builder.AddStorage();
        builder.AddAudit();
        builder.AddFindings();
        builder.AddIncidents();
        builder.AddIngest();
        builder.AddPeople();
        builder.AddConsole();
    },
    app =>
    {
        app.UseConsole();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapConsole();
    });
