"""Resolves a change of packages with dnf 4 and fetches its files, for haisoft-helper.

Reads one request (JSON, see DnfRequest.cs) on its standard input, writes one answer (DnfAnswer.cs) on its standard output. It installs
nothing. Repositories, packages and versions are those of the request and no others; the system's own repositories, settings and plugins
of dnf are not read. What it answers is verified by who asked.
"""
import fcntl
import hashlib
import json
import os
import resource
import struct
import subprocess
import sys

LARGEST_FILE = 2 << 30
LARGEST_KEY_FILE = 256 << 10
SPARE_BYTES = 64 << 20
DENIED = "the catalogue denies it"
NEED_REBOOT = {
    "kernel", "kernel-core", "kernel-rt", "kernel-rt-core", "glibc", "linux-firmware", "systemd", "dbus", "dbus-broker", "dbus-daemon",
    "microcode_ctl", "openssl-libs",
}


class Refusal(Exception):
    """There is no plan; the reason is a name of PlanRefusalReason."""

    def __init__(self, reason, detail):
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


try:
    import dnf
    import dnf.exceptions
    import dnf.rpm
    import hawkey
    import rpm
except ImportError as missing:
    dnf = None
    MISSING = str(missing)


def open_base(request):
    """A dnf that knows the repositories of the request and what is installed."""
    for folder in (request["cacheFolder"], request["persistFolder"]):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    conf = dnf.conf.Conf()
    conf.installroot = request["root"]
    conf.cachedir = request["cacheFolder"]
    conf.persistdir = request["persistFolder"]
    conf.logdir = request["workFolder"]  # what is written there goes with it
    conf.reposdir = []
    conf.plugins = False
    conf.pluginpath = []
    conf.install_weak_deps = False
    conf.best = True
    conf.clean_requirements_on_remove = False
    release = dnf.rpm.detect_releasever(request["root"])
    if release:
        conf.substitutions["releasever"] = release
    base = dnf.Base(conf)
    for wanted in request["repositories"]:
        if not release and any("$releasever" in url for url in wanted["baseUrls"]):
            raise Refusal("REPOSITORY", "This server does not tell its release, which the address of %s needs." % wanted["id"])
        repo = base.repos.add_new_repo(wanted["id"], conf, baseurl=wanted["baseUrls"])
        repo.skip_if_unavailable = False
        repo.metadata_expire = 0
        repo.retries = 2
        repo.timeout = 20
    try:
        base.fill_sack()
    except dnf.exceptions.RepoError as error:
        raise Refusal("REPOSITORY", str(error))
    return base


def refuse_without_rpm(root):
    """Debian has dnf, too, for other things than its own packages."""
    if os.path.exists(os.path.join(root, "var/lib/dpkg/status")) and not any(True for _ in installed_headers(root)):
        raise Refusal("NOT_SUPPORTED", "This server's packages are not RPM's.")


def refuse_when_locked(root):
    """Another program changes packages now: what would be resolved does not hold any more when it is done."""
    database = os.path.join(root, rpm.expandMacro("%{_dbpath}").lstrip("/"))
    try:
        with open(os.path.join(database, ".rpm.lock"), "rb") as lock:
            asked = struct.pack("hhqqixxxx", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)
            kind, _, _, _, holder = struct.unpack("hhqqixxxx", fcntl.fcntl(lock, fcntl.F_GETLK, asked))
        if kind != fcntl.F_UNLCK:
            raise Refusal("LOCKED", "The process %d changes packages at this moment." % holder)
    except FileNotFoundError:
        pass
    try:
        with open(os.path.join(root, "var/lib/dnf/rpmdb_lock.pid")) as lock:
            holder = int(lock.read(20))
        os.kill(holder, 0)
        raise Refusal("LOCKED", "dnf (process %d) holds the lock of the package manager." % holder)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        pass


def compare(package, wanted):
    """A package's version against "[epoch:]version[-release]", as rpm orders them; a release that is not given equals any."""
    epoch, _, rest = wanted.rpartition(":")
    version, _, release = rest.partition("-")
    order = (int(package.epoch) > int(epoch or 0)) - (int(package.epoch) < int(epoch or 0))
    order = order or rpm.labelCompare(("0", package.version, "0"), ("0", version, "0"))
    return order or (rpm.labelCompare(("0", "0", package.release), ("0", "0", release)) if release else 0)


def is_within(package, versions):
    return not (versions["atLeast"] and compare(package, versions["atLeast"]) < 0 or versions["below"] and compare(package, versions["below"]) >= 0)


def why_not_allowed(package, request):
    """Why the catalogue does not allow a package of a repository; None when it does."""
    listed = request["packages"].get(package.name)
    if listed is not None and package.reponame != listed["repository"]:
        return "it may come from %s only" % listed["repository"]
    return why_not_listed(package, listed, request)


def why_not_listed(package, listed, request):
    """Why the catalogue does not list a package in this version; None when it does."""
    if listed is None:
        return "the catalogue does not list it"
    if not is_within(package, listed):
        return "the catalogue does not list this version"
    if any(denied["name"] == package.name and is_within(package, denied) for denied in request["denied"]):
        return DENIED
    return None


def restrict(base, request):
    """Hides from the solver what the catalogue does not allow."""
    hidden = [package for package in base.sack.query().available() if why_not_allowed(package, request)]
    if hidden:
        base.sack.add_excludes(base.sack.query().filterm(pkg=hidden))
    return hidden


def mark(base, request, hidden):
    """Tells the solver what is asked for. Returns the names."""
    installed = {package.name for package in base.sack.query().installed()}
    kind = request["operation"]
    names = request["names"]
    if kind == "securityUpdates":
        mine = base.sack.query().filterm(name=sorted(installed & set(request["packages"]))).available()
        fixes = mine.filter(advisory_type__eqg__upgrade=["security"]).upgrades().latest()
        for package in fixes:
            base.package_upgrade(package)
        return {package.name for package in fixes}
    for name in names:
        if kind == "installPackages" and name in installed:
            raise Refusal("NOT_APPLICABLE", "%s is installed already." % name)
        if kind == "updatePackages" and name not in installed:
            raise Refusal("NOT_APPLICABLE", "%s is not installed." % name)
        if not base.sack.query().available().filterm(name=name):
            whys = {str(p): why_not_allowed(p, request) for p in hidden if p.name == name}
            words = "; ".join("%s: %s" % why for why in sorted(whys.items())[:5]) or "No repository of the catalogue has it."
            denied = whys and set(whys.values()) == {DENIED}
            raise Refusal("NOT_LISTED" if denied else "NOT_FOUND", "There is no %s that may come. %s" % (name, words))
        if kind == "installPackages":
            base.install(name, forms=[hawkey.FORM_NAME])
        else:
            base.upgrade(name)
    return set(names)


def file_name(name, version, architecture):
    """As kept files are named."""
    return "%s-%s.%s.rpm" % (name, version.replace(":", "_"), architecture)


def has(base, name, architecture, version):
    """What is installed under a name: whether it is this version, and all versions. A package may change between an architecture of its own and none."""
    there = [p for p in base.sack.query().installed().filterm(name=name) if p.arch == architecture or "noarch" in (p.arch, architecture)]
    return [p for p in there if evr(p) == version], there


def refuse_what_moved_on(base, steps):
    moved = []
    for step in steps:
        name, version = step["name"], step["version"]
        same, there = has(base, name, step["architecture"], version)
        if (version and not same) or (not version and there):
            now = ", ".join(sorted(evr(p) for p in there)) or "not installed"
            moved.append("%s: the order left %s, and now it is %s" % (name, version or "none of it", now))
    if moved:
        raise Refusal("UNDO_MOVED_ON", "Packages have changed since: %s." % "; ".join(moved))


def resolve_undo(base, request):
    """What brings back what an order replaced, from the files that were kept then and nothing else. Returns what comes, with its files, and what goes."""
    steps = request["undo"]
    refuse_what_moved_on(base, steps)
    back = [step for step in steps if step["oldVersion"]]
    files = {}
    for step, package in zip(back, base.add_remote_rpms([step["path"] for step in back], strict=True)):
        files[str(package)] = step
        newer = step["version"] and any(package < there for there in has(base, step["name"], step["architecture"], step["version"])[0])
        (base.package_downgrade if newer else base.package_install)(package, strict=True)
    for step in steps:
        if step["version"] and not step["oldVersion"]:
            for package in has(base, step["name"], step["architecture"], step["version"])[0]:
                base.package_remove(package)
    coming, going = resolve(base, [], request)
    planned = {(s["name"], s["oldArchitecture"], s["oldVersion"]) for s in back} | {(s["name"], "", s["version"]) for s in steps if s["version"]}
    resolved = {(p.name, p.arch, evr(p)) for p in coming} | {(p.name, "", evr(p)) for p in going}
    if planned != resolved:
        others = sorted({name for name, _, _ in planned ^ resolved})
        raise Refusal("UNSOLVABLE", "It cannot be undone exactly: of these packages something else would have to change: %s." % ", ".join(others))
    return coming, going, files


def resolve(base, hidden, request):
    try:
        base.resolve(allow_erasing=False)
    except dnf.exceptions.DepsolveError as error:
        text = str(error)
        why = sorted({"%s of %s: %s" % (p, p.reponame, why_not_allowed(p, request)) for p in hidden if str(p) in text or p.name in text})
        raise Refusal("UNSOLVABLE", "\n".join([text.strip()] + why[:20]))
    return (list(base.transaction.install_set), list(base.transaction.remove_set)) if base.transaction else ([], [])


def refuse_without_room(request, coming, growth):
    needed = sum(package.downloadsize for package in coming)
    for what, folder, bytes_needed in (("fetch", request["downloadFolder"], needed), ("install", request["root"], growth)):
        free = free_bytes(folder)
        if bytes_needed > 0 and bytes_needed + SPARE_BYTES > free:
            raise Refusal("SPACE", "To %s the packages takes %d bytes; %d are free in %s." % (what, bytes_needed, free, folder))


def free_bytes(folder):
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def addresses(repo, location):
    return [url.rstrip("/") + "/" + location for url in repo.baseurl]


def fetch_file(repo, location, path, largest):
    """Fetches a file of a repository. What it is is verified by who asked."""
    problem = ""
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(largest, LARGEST_FILE), LARGEST_FILE))
    try:
        for url in addresses(repo, location):
            try:
                with open(path, "w+b") as target:
                    repo._repo.downloadUrl(url, target.fileno())
                return None
            except (RuntimeError, OSError) as error:
                problem = str(error)
        return problem
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def fetch(base, package, folder):
    kind, digest = package.chksum
    name = "%s-%s.rpm" % (hawkey.chksum_name(kind), digest.hex())
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        problem = fetch_file(base.repos[package.reponame], package.location, path + ".part", package.downloadsize + 1)
        if problem is not None:
            raise Refusal("REPOSITORY", "%s could not be fetched: %s" % (package, problem))
        os.rename(path + ".part", path)
    return describe_file(path, package.reponame, hawkey.chksum_name(kind), digest.hex(), package.downloadsize)


def take(path, repository, folder, sha256, size):
    """A file that is kept here already, under a second name among those that are fetched."""
    name = os.path.join(folder, "kept-%s.rpm" % sha256)
    if not os.path.exists(name):
        os.link(path, name)
    return describe_file(name, repository, "sha256", sha256, size)


def describe_file(path, repository, digest_kind, digest, size):
    header = read_header(path)
    return {
        "path": path,
        "digestKind": digest_kind,
        "digest": digest,
        "sizeBytes": size,
        "repository": repository,
        "vendor": header["vendor"] or "",
        "headerName": "%s-%d:%s-%s.%s" % (header["name"], header["epoch"] or 0, header["version"], header["release"], header["arch"]),
    }


def is_build_of(path, installed):
    """Whether a file is the very package that is installed, and not another build under the same version."""
    try:
        return installed[rpm.RPMTAG_SHA256HEADER] is not None and read_header(path)[rpm.RPMTAG_SHA256HEADER] == installed[rpm.RPMTAG_SHA256HEADER]
    except (OSError, rpm.error):
        return False


def keep_old(base, request, old, installed):
    """The file of what is installed, with which it can be brought back: one that is kept here, or the repository's. Returns it, or why there is none."""
    listed = request["packages"].get(old.name)
    why = why_not_listed(old, listed, request)
    if why is not None:
        return None, why
    for folder in request["keptFolders"]:
        path = os.path.join(folder, file_name(old.name, evr(old), old.arch))
        if os.path.exists(path) and is_build_of(path, installed):
            return take(path, listed["repository"], request["downloadFolder"], digest_of(path, 8), os.path.getsize(path)), ""
    same = {"name": old.name, "epoch": old.epoch, "version": old.version, "release": old.release, "arch": old.arch, "reponame": listed["repository"]}
    for package in base.sack.query().available().filterm(**same):
        if package.downloadsize + SPARE_BYTES > free_bytes(request["downloadFolder"]):
            return None, "there is no room for it"
        try:
            file = fetch(base, package, request["downloadFolder"])
        except Refusal:
            return None, "its repository lists it, and does not hand it out"
        return (file, "") if is_build_of(file["path"], installed) else (None, "its repository has another build of this version")
    return None, "its repository does not have this version any more"


def fetch_keys(base, repositories, folder):
    """Files in which the keys of repositories may be, each for who asked to look into."""
    files = {}
    for number, identifier in enumerate(sorted(repositories)):
        path = os.path.join(folder, "key-%d" % number)
        problem = fetch_file(base.repos[identifier], "repodata/repomd.xml.key", path, LARGEST_KEY_FILE)
        files[identifier] = [path] if problem is None else []
    return files


def read_header(path):
    reader = rpm.TransactionSet()
    reader.setVSFlags(rpm._RPMVSF_NOSIGNATURES)
    with open(path, "rb") as package:
        return reader.hdrFromFdno(package.fileno())


def installed_headers(root, *which):
    reader = rpm.TransactionSet(root)
    reader.setVSFlags(rpm._RPMVSF_NODIGESTS | rpm._RPMVSF_NOSIGNATURES)
    return reader.dbMatch(*which)


def installed_header(root, package):
    for header in installed_headers(root, "name", package.name):
        if header["nevra"] == "%s-%s.%s" % (package.name, package.evr, package.arch) or (
            header["version"] == package.version and header["release"] == package.release and header["arch"] == package.arch
        ):
            return header
    raise Refusal("LOCKED", "%s is not installed any more: packages change at this moment." % package)


def configuration(header):
    """Files of configuration of a package: path to digest, its algorithm, and whether the server's own version stays."""
    algorithm = header[rpm.RPMTAG_FILEDIGESTALGO] or 1
    rows = zip(header[rpm.RPMTAG_FILENAMES], header[rpm.RPMTAG_FILEFLAGS], header[rpm.RPMTAG_FILEDIGESTS])
    return {
        path: (digest, algorithm, bool(flags & rpm.RPMFILE_NOREPLACE))
        for path, flags, digest in rows
        if flags & rpm.RPMFILE_CONFIG and not flags & rpm.RPMFILE_GHOST and digest
    }


def digest_of(path, algorithm):
    name = {1: "md5", 2: "sha1", 8: "sha256", 9: "sha384", 10: "sha512", 11: "sha224"}.get(algorithm)
    if name is None or os.path.islink(path) or not os.path.isfile(path):
        return None
    summary = hashlib.new(name)
    with open(path, "rb") as content:
        for part in iter(lambda: content.read(1 << 16), b""):
            summary.update(part)
    return summary.hexdigest()


def changed_configuration(root, package, old, new):
    """What becomes of files of configuration that were changed on the server, by rpm's own rules."""
    before = configuration(old) if old is not None else {}
    for path, (digest, algorithm, stays) in sorted(configuration(new).items()):
        on_disk = os.path.join(root, path.lstrip("/"))
        here = digest_of(on_disk, algorithm)
        if here is None or here == digest:
            continue
        if path in before:
            was, was_algorithm, _ = before[path]
            if digest_of(on_disk, was_algorithm) == was or (was_algorithm == algorithm and was == digest):
                continue
        yield {"path": path, "package": package.name, "newBeside": stays}


def advisories(base, old, new):
    """Ids of the security advisories that lie between two versions."""
    found = set()
    for advisory in old.get_advisories(hawkey.GT):
        if advisory.type == hawkey.ADVISORY_SECURITY and any(
            fixed.name == new.name and fixed.arch == new.arch and base.sack.evr_cmp(new.evr, fixed.evr) >= 0 for fixed in advisory.packages
        ):
            found.add(advisory.id)
    return sorted(found)


def asks_reboot(old, new):
    return new.name in NEED_REBOOT or new.name.startswith("kernel-modules") or old is not None and any(
        any(fixed.name == new.name and fixed.evr == new.evr and getattr(fixed, "reboot_suggested", False) for fixed in advisory.packages)
        for advisory in old.get_advisories(hawkey.GT)
    )


def package_state(root):
    """SHA-256 of all that is installed: "name-epoch:version-release.architecture digest-of-header", a line each, sorted by bytes."""
    lines = [
        "%s-%d:%s-%s.%s %s\n" % (h["name"], h["epoch"] or 0, h["version"], h["release"], h["arch"] or "(none)", h[rpm.RPMTAG_SHA256HEADER] or "(none)")
        for h in installed_headers(root)
        if h["name"] != "gpg-pubkey"
    ]
    return hashlib.sha256("".join(sorted(lines, key=str.encode)).encode()).hexdigest()


def systemctl(*arguments):
    command = ["/usr/bin/systemctl", "--no-pager", *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False, text=True, errors="replace").stdout


def owner(base, path):
    """The installed package that a program belongs to, and for a script the one of its interpreter."""
    path = os.path.realpath(path)
    owners = list(base.sack.query().installed().filterm(file=path))
    with open(path, "rb") as program:
        first = program.readline(256)
    if first.startswith(b"#!"):
        interpreter = os.path.realpath(first[2:].split()[0].decode(errors="replace"))
        owners += base.sack.query().installed().filterm(file=interpreter)
    return owners


def with_libraries(base, packages):
    """Packages, and those whose shared libraries they are linked with."""
    known = {str(package): package for package in packages}
    open_ones = list(packages)
    while open_ones:
        for needed in open_ones.pop().requires:
            if ".so" not in str(needed):
                continue
            for provider in base.sack.query().installed().filterm(provides=needed):
                if str(provider) not in known:
                    known[str(provider)] = provider
                    open_ones.append(provider)
    return set(known)


def restarted_units(base, replaced):
    """Services that run now and whose program, interpreter or libraries are of a package that is replaced."""
    if base.conf.installroot != "/" or not replaced or not os.path.isdir("/run/systemd/system"):
        return []
    running = systemctl("list-units", "--type=service", "--state=running", "--plain", "--no-legend").splitlines()
    found = []
    for unit in sorted(line.split()[0] for line in running if line.split()):
        told = systemctl("show", "--property=ExecStart", "--", unit)
        parts = [part.strip() for part in told.replace("{", ";").split(";")]
        programs = {part[len("path="):] for part in parts if part.startswith("path=")}
        try:
            owners = [package for program in programs for package in owner(base, program)]
        except OSError:
            continue
        if with_libraries(base, owners) & replaced:
            found.append(unit)
    return found


def evr(package):
    return "%s:%s-%s" % (package.epoch, package.version, package.release)


def describe_coming(base, request, package, file, old, asked):
    header = read_header(file["path"])
    old_header = installed_header(request["root"], old) if old is not None else None
    action = "INSTALL" if old is None else {1: "UPGRADE", 0: "REINSTALL", -1: "DOWNGRADE"}[(package > old) - (package < old)]
    change = {
        "action": action,
        "name": package.name,
        "architecture": package.arch,
        "oldVersion": evr(old) if old is not None else "",
        "newVersion": evr(package),
        "asked": package.name in asked,
        "file": file,
        "advisories": advisories(base, old, package) if old is not None else [],
        **describe_old(base, request, old if action != "REINSTALL" else None, old_header),
    }
    return change, list(changed_configuration(request["root"], package, old_header, header))


def describe_going(base, request, package, obsoleted):
    return {
        "action": "OBSOLETE" if obsoleted else "REMOVE",
        "name": package.name,
        "architecture": package.arch,
        "oldVersion": evr(package),
        "newVersion": "",
        "asked": False,
        "advisories": [],
        **describe_old(base, request, package, installed_header(request["root"], package)),
    }


def describe_old(base, request, old, header):
    """What is replaced, and whether it can be brought back."""
    file, why = keep_old(base, request, old, header) if old is not None else (None, "")
    return {
        "oldArchitecture": header["arch"] if header is not None else "",
        "oldVendor": (header["vendor"] or "") if header is not None else "",
        "oldFile": file,
        "oldFileMissing": why,
    }


def units_of(header):
    """Services that a package brings; of templates the instances are not known."""
    folders = ("/usr/lib/systemd/system", "/lib/systemd/system")
    paths = [path for path in header[rpm.RPMTAG_FILENAMES] if os.path.dirname(path) in folders]
    return {os.path.basename(path) for path in paths if path.endswith(".service") and "@" not in path}


def stopped_units(root, changes, gone):
    """Services that go away with their packages."""
    brought = [units_of(read_header(change["file"]["path"])) for change in changes if "file" in change]
    return sorted(set().union(*(units_of(installed_header(root, package)) for package in gone)) - set().union(*brought))


def resolve_asked(base, request):
    """What comes, with its files, what goes, and the names that were asked for."""
    if request["operation"] == "undo":
        coming, going, files = resolve_undo(base, request)
        refuse_without_room(request, [], sum(p.installsize for p in coming) - sum(p.installsize for p in going))
        taken = {}
        for package in coming:
            step = files[str(package)]
            repository = request["packages"].get(package.name, {}).get("repository", "")
            taken[package] = take(step["path"], repository, request["downloadFolder"], step["sha256"], step["sizeBytes"])
        return taken, going, {step["name"] for step in request["undo"] if step["asked"]}
    hidden = restrict(base, request)
    asked = mark(base, request, hidden)
    coming, going = resolve(base, hidden, request)
    refuse_without_room(request, coming, sum(p.installsize for p in coming) - sum(p.installsize for p in going))
    return {package: fetch(base, package, request["downloadFolder"]) for package in coming}, going, asked


def plan(request):
    if dnf is None:
        raise Refusal("NOT_SUPPORTED", "This server has no dnf 4 that can be used: %s." % MISSING)
    refuse_without_rpm(request["root"])
    refuse_when_locked(request["root"])
    state = package_state(request["root"])
    base = open_base(request)
    coming, going, asked = resolve_asked(base, request)
    replaced = {
        package: next((old for old in going if old.name == package.name and (old.arch == package.arch or "noarch" in (old.arch, package.arch))), None)
        for package in coming
    }
    changes, files = [], []
    for package, old in replaced.items():
        change, changed = describe_coming(base, request, package, coming[package], old, asked)
        changes.append(change)
        files += changed
    taken_over = {str(old) for old in replaced.values() if old is not None}
    obsoleted = {str(item.pkg) for item in base.transaction or [] if item.action == dnf.transaction.PKG_OBSOLETED}
    gone = [package for package in going if str(package) not in taken_over]
    changes += [describe_going(base, request, package, str(package) in obsoleted) for package in gone]
    stopped = stopped_units(request["root"], changes, gone)
    repositories = {file["repository"] for change in changes for file in (change.get("file"), change["oldFile"]) if file}
    answer = {
        "changes": changes,
        "configurationFiles": files,
        "keyFiles": fetch_keys(base, repositories & set(base.repos), request["workFolder"]),
        "restartedUnits": [unit for unit in restarted_units(base, {str(package) for package in going}) if unit not in stopped],
        "stoppedUnits": stopped,
        "rebootNeeded": any(asks_reboot(old, package) for package, old in replaced.items()),
        "installedGrowthBytes": sum(package.installsize for package in coming) - sum(package.installsize for package in going),
        "freeBytes": free_bytes(request["root"]),
        "packageStateHash": state,
    }
    refuse_when_locked(request["root"])
    if package_state(request["root"]) != state:
        raise Refusal("LOCKED", "Packages changed while this was resolved.")
    return answer


def answer_to_request(request):
    if request["operation"] != "packageState":
        return {"plan": plan(request)}
    if dnf is None:
        raise Refusal("NOT_SUPPORTED", "This server has no dnf 4 that can be used: %s." % MISSING)
    return {"packageStateHash": package_state(request["root"])}


def main():
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no part of the answer
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    try:
        answer = answer_to_request(json.load(sys.stdin))
    except Refusal as refusal:
        answer = {"refusal": {"reason": refusal.reason, "detail": refusal.detail}}
    answer_to.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    answer_to.close()


main()
