using HaiSoft.Controller;
using HaiSoft.Controller.Api;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Console;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Rollouts;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Telemetry;

return await ControllerProgram.RunAsync(
    args,
    builder =>
    {
        builder.AddStorage();
        builder.AddTelemetry();
        builder.AddAudit();
        builder.AddListeners();
        builder.AddRecords();
        builder.AddIdentity();
        builder.AddFindings();
        builder.AddIncidents();
        builder.AddMeasurements();
        builder.AddCatalogues();
        builder.AddOrders();
        builder.AddIngest();
        builder.AddFleet();
        builder.AddOperations();
        builder.AddRollouts();
        builder.AddApi();
        builder.AddPeople();
        builder.AddRequests();
        builder.AddConsole();
    },
    app =>
    {
        app.UseIdleConnections();
        app.UseConsole();
        app.UseRouting();
        app.UseListenerGate();
        app.UseStreamGate();
        app.UseStoreGate();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTelemetry();
        app.MapIngest();
        app.MapApi();
        app.MapConsole();
        app.RefuseWhatHasNoPolicy();
        app.RefuseTakenPorts();
    });
