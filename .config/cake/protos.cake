// The protos are the contract between agent and controller: their style, and that a change breaks nobody in the field.

const string releasedProtos = "protos/released.binpb";

void LintProtos()
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
}

void ReleaseProtos() => Shell("npx", $"--no-install buf build --exclude-source-info -o {releasedProtos}");
