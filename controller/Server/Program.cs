using HaiSoft.Controller;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
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
    },
    app => { });
