"""Changes packages with dnf 4 as a plan says, or looks at what is installed, for haisoft-helper.

Reads one request (JSON, see OperateRequest.cs) on its standard input. While it works it writes lines of JSON on its standard output
(OperateLine.cs); the last has the answer. Packages come from the plan's files alone: no repository, no plugin. Whoever asked may die
meanwhile: what was begun is ended, and what has to be known afterwards lies in files.
"""
import fcntl
import json
import os
import subprocess
import sys
import time

import dnf
import dnf.exceptions
import dnf.rpm
import dnf.transaction
import dnf.yum.rpmtrans
import rpm

MOST_LINES = 100
LONGEST_WAIT_SECONDS = 600
QUIET_SECONDS = 0.25


class Refusal(Exception):
    """Nothing was changed; the reason is a name of OrderFailure."""

    def __init__(self, reason, detail):
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Teller:
    """Tells who asked, if it is still there."""

    def __init__(self, target):
        self.target = target
        self.last = (None, 0.0)

    def tell(self, **line):
        try:
            self.target.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            self.target.flush()
        except OSError:
            pass

    def progress(self, phase, done=0, total=0, subject=""):
        """Not more often than somebody could read, but every new phase and the end of each."""
        before, when = self.last
        now = time.monotonic()
        if phase != before or now - when > QUIET_SECONDS or done == total != 0:
            self.last = (phase, now)
            self.tell(progress={"phase": phase, "done": done, "total": total, "subject": subject})


def nevra(package):
    return "%s-%s:%s-%s.%s" % (package.name, package.epoch, package.version, package.release, package.arch)


def sync_folder_of(path):
    folder = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(folder)
    os.close(folder)


def write_durably(path, text):
    with open(path + ".new", "w") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    os.rename(path + ".new", path)
    sync_folder_of(path)


SECTIONS = {
    "PREIN": "pre", "POSTIN": "post", "PREUN": "preun", "POSTUN": "postun", "PRETRANS": "pretrans", "POSTTRANS": "posttrans",
    "TRIGGERIN": "triggerin", "TRIGGERUN": "triggerun", "TRIGGERPOSTUN": "triggerpostun", "TRIGGERPREIN": "triggerprein",
    "FILETRIGGERIN": "filetriggerin", "TRANSFILETRIGGERIN": "transfiletriggerin",
}


class FailedScripts:
    """Every script that fails is written down before anything else happens: rpm's own exit status keeps quiet of most of them."""

    def __init__(self, path):
        # rpm calls back while it has changed its root: nothing can be opened then.
        self.target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        sync_folder_of(path)

    def note(self, tag, subject):
        name = rpm.tagnames.get(tag, "script").upper()
        os.write(self.target, ("%s: %%%s\n" % (subject, SECTIONS.get(name, name.lower()))).encode("utf-8", "replace"))
        os.fsync(self.target)


def open_base(request):
    """A dnf that knows what is installed, and no repository. Its history and its locks are the system's own."""
    conf = dnf.conf.Conf()
    conf.installroot = request["root"]
    conf.cachedir = os.path.join(request["workFolder"], "cache")
    conf.persistdir = os.path.join(request["root"], "var/lib/dnf")
    conf.logdir = request["workFolder"]
    conf.reposdir = []
    conf.plugins = False
    conf.pluginpath = []
    conf.install_weak_deps = False
    conf.best = True
    conf.clean_requirements_on_remove = False
    conf.gpgcheck = True
    conf.localpkg_gpgcheck = True
    conf.exit_on_lock = True
    release = dnf.rpm.detect_releasever(request["root"])
    conf.substitutions["releasever"] = release or "0"
    base = dnf.Base(conf)
    base.fill_sack(load_system_repo=True, load_available_repos=False)
    return base


def keyring(request):
    """The plan's keys alone: rpm itself then refuses every package that none of them has signed."""
    keys = rpm.keyring()
    for path in request["keyFiles"]:
        with open(path, "rb") as key:
            keys.addKey(rpm.pubkey(key.read()))
    return keys


def evr(package):
    return "%s:%s-%s" % (package.epoch, package.version, package.release)


def resolve(base, request):
    """Marks what the plan says, and refuses what is not exactly that."""
    planned = set()
    files = [change["file"] for change in request["changes"] if change["file"]]
    packages = base.add_remote_rpms(files, strict=True)
    mark = {"REINSTALL": base.package_reinstall, "DOWNGRADE": base.package_downgrade}
    for change, package in zip((c for c in request["changes"] if c["file"]), packages):
        mark.get(change["action"], base.package_install)(package)
    for change in request["changes"]:
        planned.add((change["name"], change["architecture"], change["newVersion"] or "-" + change["oldVersion"]))
        if not change["file"] and change["action"] == "REMOVE":
            for package in base.sack.query().installed().filterm(name=change["name"], arch=change["architecture"]):
                if evr(package) == change["oldVersion"]:
                    base.package_remove(package)
    try:
        base.resolve(allow_erasing=True)
    except dnf.exceptions.DepsolveError as error:
        raise Refusal("TRANSACTION", str(error).strip())
    coming = list(base.transaction.install_set) if base.transaction else []
    going = list(base.transaction.remove_set) if base.transaction else []
    replaced = {str(package) for package in going if any(
        package.name == new.name and (package.arch == new.arch or "noarch" in (package.arch, new.arch)) for new in coming)}
    resolved = {(p.name, p.arch, evr(p)) for p in coming} | {(p.name, p.arch, "-" + evr(p)) for p in going if str(p) not in replaced}
    if resolved != planned:
        other = sorted("%s.%s %s" % change for change in resolved ^ planned)
        raise Refusal("TRANSACTION", "What dnf would do is not what was approved: %s." % "; ".join(other[:20]))


class Display(dnf.yum.rpmtrans.TransactionDisplay):
    """Tells what dnf and rpm do."""

    def __init__(self, teller):
        super().__init__()
        self.teller = teller

    def progress(self, package, action, ti_done, ti_total, ts_done, ts_total):
        phase = {
            dnf.transaction.PKG_VERIFY: "INSPECTING", dnf.transaction.PKG_SCRIPTLET: "SCRIPTS", dnf.transaction.TRANS_POST: "SCRIPTS",
        }.get(action, "CHANGING")
        subject = nevra(package) if hasattr(package, "release") else ""
        self.teller.progress(phase, ts_done or 0, ts_total or 0, subject)

    def scriptout(self, msgs):
        if msgs:
            self.teller.tell(output=msgs.decode("utf-8", "replace") if isinstance(msgs, bytes) else str(msgs))

    def error(self, message):
        self.teller.tell(output="%s\n" % message)


def note_failed_scripts(failed):
    tell = dnf.yum.rpmtrans.RPMTransaction._scriptError

    def note(self, amount, total, key):
        try:
            subject = nevra(self._extract_cbkey(key)[0].pkg)
        except (RuntimeError, IndexError):
            subject = str(key)
        failed.note(amount, subject)
        tell(self, amount, total, key)

    dnf.yum.rpmtrans.RPMTransaction._scriptError = note


def held_by_another(root):
    """Who changes packages now, in words; None for nobody."""
    path = os.path.join(root, "var/lib/dnf/rpmdb_lock.pid")
    try:
        with open(path) as lock:
            holder = int(lock.read(20))
        os.kill(holder, 0)
        return "dnf (process %d) holds the lock of the package manager." % holder
    except (FileNotFoundError, ValueError, ProcessLookupError):
        pass
    database = os.path.join(root, rpm.expandMacro("%{_dbpath}").lstrip("/"))
    try:
        with open(os.path.join(database, ".rpm.lock"), "r+b") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return None
    except FileNotFoundError:
        return None
    except OSError:
        return "Another program changes packages now."


def wait_for_lock(request, teller):
    until = time.monotonic() + min(request["waitSeconds"], LONGEST_WAIT_SECONDS)
    while True:
        holder = held_by_another(request["root"])
        if holder is None:
            return
        if time.monotonic() >= until:
            raise Refusal("LOCKED", holder)
        teller.progress("WAITING")
        time.sleep(0.5)


def change(request, teller):
    wait_for_lock(request, teller)
    note_failed_scripts(FailedScripts(request["failedScriptsFile"]))
    base = open_base(request)
    resolve(base, request)
    base._ts.ts.setKeyring(keyring(request))
    base._ts.ts.setVfyLevel(rpm.RPMSIG_VERIFIABLE_TYPE)
    teller.progress("CHANGING", 0, len(request["changes"]))
    try:
        base.do_transaction(display=Display(teller))
    except dnf.exceptions.ProcessLockError as error:
        raise Refusal("LOCKED", str(error))
    except dnf.exceptions.TransactionCheckError as error:
        raise Refusal("TRANSACTION", str(error))
    except dnf.exceptions.Error as error:
        raise Refusal("TRANSACTION", str(error).strip())
    finally:
        base.close()


def run_rpm(root, teller, *arguments):
    command = ["/usr/bin/rpm", "--root", root, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True, errors="replace")
    if done.stdout:
        teller.tell(output=done.stdout)
    return done.returncode


def repair(request, teller):
    """Does once more what was broken off: the database put in order, the plan's files laid down again with their scripts, the older half removed."""
    wait_for_lock(request, teller)
    root = request["root"]
    note = request["failedScriptsFile"]
    if os.path.exists(note):
        os.unlink(note)
    if run_rpm(root, teller, "--verifydb") != 0:
        run_rpm(root, teller, "--rebuilddb")
    teller.progress("CHANGING", 0, len(request["changes"]))
    files = [c["file"] for c in request["changes"] if c["file"]]
    going = []
    installed = {(h["name"], h["arch"], "%d:%s-%s" % (h["epoch"] or 0, h["version"], h["release"])) for h in headers(root)}
    for c in request["changes"]:
        if not c["oldVersion"] or c["oldVersion"] == c["newVersion"]:
            continue
        going += [(name, arch, version) for name, arch, version in installed if name == c["name"] and version == c["oldVersion"]
                  and (arch == c["architecture"] or "noarch" in (arch, c["architecture"]))]
    run = rpm.TransactionSet(root)
    run.setKeyring(keyring(request))
    run.setVfyLevel(rpm.RPMSIG_VERIFIABLE_TYPE)
    run.setProbFilter(rpm.RPMPROB_FILTER_REPLACEPKG | rpm.RPMPROB_FILTER_OLDPACKAGE)
    for path in files:
        with open(path, "rb") as package:
            header = run.hdrFromFdno(package.fileno())
        run.addInstall(header, path, "u")
    for header in headers(root):
        if (header["name"], header["arch"], "%d:%s-%s" % (header["epoch"] or 0, header["version"], header["release"])) in going:
            try:
                run.addErase(header)
            except rpm.error:
                pass  # the new one replaces it by itself
    problems = run.check()
    run.order()
    done = Repaired(request)
    log = open(os.path.join(request["workFolder"], "repair.log"), "w+b")
    run.scriptFd = log.fileno()
    failed = run.run(done.callback, "") or []
    log.seek(0)
    teller.tell(output=log.read().decode("utf-8", "replace"))
    if failed:
        raise Refusal("TRANSACTION", "; ".join([str(p[0]) for p in failed] + [str(p) for p in problems or []]))


class Repaired:
    """What rpm calls back while it repairs."""

    def __init__(self, request):
        self.subjects = {c["file"]: "%s-%s.%s" % (c["name"], c["newVersion"], c["architecture"]) for c in request["changes"]}
        self.failed = FailedScripts(request["failedScriptsFile"])
        self.file = None

    def callback(self, what, amount, total, key, data):
        if what == rpm.RPMCALLBACK_INST_OPEN_FILE:
            self.file = open(key, "rb")
            return self.file.fileno()
        if what == rpm.RPMCALLBACK_INST_CLOSE_FILE and self.file is not None:
            self.file.close()
            self.file = None
        if what == rpm.RPMCALLBACK_SCRIPT_ERROR:
            self.failed.note(amount, self.subjects.get(key) or str(key))
        return None


def headers(root, *which):
    reader = rpm.TransactionSet(root)
    reader.setVSFlags(rpm._RPMVSF_NODIGESTS | rpm._RPMVSF_NOSIGNATURES)
    return [header for header in reader.dbMatch(*which) if header["name"] != "gpg-pubkey"]


def dependency_problems(base):
    """What dnf's own check would find: requirements that nothing fulfils, packages that are there twice."""
    installed = base.sack.query().installed()
    for package in installed:
        for needed in package.requires:
            if not str(needed).startswith(("rpmlib(", "solvable:")) and not installed.filter(provides=needed):
                yield "%s needs %s, which nothing provides" % (package, needed)
    counts = {}
    for package in installed:
        if package.name not in base.conf.installonlypkgs:
            counts.setdefault((package.name, package.arch), []).append(str(package))
    for several in counts.values():
        if len(several) > 1:
            yield "%s are installed beside each other" % " and ".join(sorted(several))


def file_problems(root, names):
    """Files of packages that are missing or altered, but for configuration, documentation and what belongs to nobody."""
    command = ["/usr/bin/rpm", "--root", root, "--verify", "--nodeps", "--noscripts", "--nomtime", "--nouser", "--nogroup", "--nomode", "--nocaps", "--"]
    for name in names:
        told = subprocess.run(command + [name], stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True, errors="replace").stdout
        for line in told.splitlines():
            # "missing     /usr/share/app/version", "S.5......  c /etc/app/conf"
            rest = line[9:].split(None, 1)
            if line[:1] in "mS." and "/" in line and not (len(rest) == 2 and rest[0] in ("c", "d", "g")):
                yield "%s: %s" % (name, line.strip())


def look(request):
    """What is installed of the plan's packages, and what does not hold together."""
    root = request["root"]
    names = sorted({c["name"] for c in request["changes"]})
    found = [
        {"name": h["name"], "architecture": h["arch"], "version": "%d:%s-%s" % (h["epoch"] or 0, h["version"], h["release"])}
        for name in names for h in headers(root, "name", name)
    ]
    base = open_base(request)
    try:
        problems = sorted(set(dependency_problems(base)))
    finally:
        base.close()
    there = [name for name in names if any(p["name"] == name for p in found)]
    return {"installed": found, "problems": problems[:MOST_LINES * 10] + list(file_problems(root, there))[:MOST_LINES]}


def main():
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no part of the answer
    teller = Teller(target)
    request = json.load(sys.stdin)
    os.makedirs(request["workFolder"], mode=0o700, exist_ok=True)
    verb = request["verb"]
    if verb == "look":
        teller.tell(found=look(request))
        return
    lock = open(request["lockFile"], "a+b")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        teller.tell(ended={"reason": "LOCKED", "detail": "This order is being worked on."})
        return
    try:
        (change if verb == "change" else repair)(request, teller)
        ended = {"reason": "", "detail": ""}
    except Refusal as refusal:
        ended = {"reason": refusal.reason, "detail": refusal.detail}
    write_durably(request["endFile"], json.dumps(ended))
    teller.tell(ended=ended)


main()
