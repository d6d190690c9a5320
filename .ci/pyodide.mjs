// Runs minilua in Pyodide: node pyodide.mjs NODE_FOLDER WHEELS REPOSITORY RECORDED
//
// NODE_FOLDER has Pyodide in its node_modules, WHEELS the wheels to unpack, RECORDED the folder of programs.json. The
// repository and RECORDED are seen inside as /repository and /recorded.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// Node shows the source around an uncaught error, which is all of Pyodide on one line.
process.on("uncaughtException", (error) => {
  console.error(`Pyodide ended: ${String(error.message).slice(0, 2000)}`);
  process.exit(70);
});

const [nodeFolder, wheels, repository, recorded] = process.argv.slice(2).map((path) => resolve(path));
const entry = createRequire(join(nodeFolder, "index.js")).resolve("pyodide");
const { loadPyodide } = await import(pathToFileURL(join(dirname(entry), "pyodide.mjs")));
const python = await loadPyodide({ indexURL: dirname(entry) + "/" });

const extractDir = python.runPython("import sysconfig; sysconfig.get_path('purelib')");
for (const name of readdirSync(wheels).filter((name) => name.endsWith(".whl"))) {
  // A Buffer of Node's is not taken for bytes.
  python.unpackArchive(Uint8Array.from(readFileSync(join(wheels, name))), "wheel", { extractDir });
}
python.mountNodeFS("/repository", repository);
python.mountNodeFS("/recorded", recorded);

process.exitCode = python.runPython(`
import importlib, runpy, sys
importlib.invalidate_caches()

def exit_status(path, *arguments):
    sys.argv[:] = [path, *arguments]
    try:
        runpy.run_path(path, run_name="__main__")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0

exit_status("/repository/.ci/smoke.py") or exit_status("/repository/.ci/programs.py", "check", "/recorded/programs.json")
`);
