// The protos are the contract between agent and controller: their style, and that a change breaks nobody in the field.

const string releasedProtos = "protos/released.binpb";

Task("lint-protos")
    .Description("buf lint, and buf breaking against the protos of the last release.")
    .IsDependentOn("npm")
    .Does(() =>
    {
        Shell("npx", "--no-install buf lint");
        if (FileExists(releasedProtos))
        {
            Shell("npx", $"--no-install buf breaking --against {releasedProtos}");
        }
        else
        {
            Information("No {0} yet: nothing was released, so nothing can break.", releasedProtos);
        }
    });

Task("release-protos")
    .Description("Record the protos as released: what later changes must not break.")
    .IsDependentOn("npm")
    .Does(() => Shell("npx", $"--no-install buf build --exclude-source-info -o {releasedProtos}"));
