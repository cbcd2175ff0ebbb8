"""Lets PyPI's torch, which is linked against CUDA, be imported without CUDA's libraries.

They are 3 GB that a processor never calls. In their place go libraries of the same names and symbol versions, in which
every function that torch's libraries import answers "no device"; torch's own libraries, and so what is measured, stay
as they are. Usage: python torch_without_cuda.py SITE_PACKAGES (needs `nm`, `readelf` and `cc`).
"""

import pathlib
import re
import subprocess
import sys
import tempfile

CUDA_LIBRARY = re.compile(r"lib(cu|nccl|nv)\w*\.so\.\d+")
CUDA_FUNCTION = re.compile(r"_*(cu|nccl|nv|CU)[A-Za-z]\w*")
NO_DEVICE = 100


def main(site_packages: str) -> None:
    folder = pathlib.Path(site_packages, "torch", "lib")
    libraries = list(folder.glob("*.so"))
    needed = needed_libraries(libraries)
    functions = imported_functions(libraries)
    for library in needed:
        own = {name: version for name, version in functions.items() if library == library_of(version, needed)}
        compile_library(folder / library, own)


def needed_libraries(libraries: list[pathlib.Path]) -> list[str]:
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-d", *libraries)))
    return sorted(name for name in needed if CUDA_LIBRARY.fullmatch(name))


def imported_functions(libraries: list[pathlib.Path]) -> dict[str, str]:
    """Names and versions ("" for none) of what none of these libraries defines."""
    defined = symbols("--defined-only", libraries)
    undefined = symbols("--undefined-only", libraries)
    return {name: undefined[name] for name in undefined if name not in defined and CUDA_FUNCTION.fullmatch(name)}


def symbols(which: str, libraries: list[pathlib.Path]) -> dict[str, str]:
    lines = run("nm", "-D", which, *libraries).splitlines()
    pairs = [line.split()[-1].partition("@") for line in lines if line.strip() and not line.endswith(":")]
    return dict(sorted((name, version.lstrip("@")) for name, _, version in pairs))


def library_of(version: str, libraries: list[str]) -> str:
    """A version is named like its library, or like a part of that name in capitals."""
    return next((name for name in libraries if version and version.lower() in name.lower()), libraries[0])


def compile_library(path: pathlib.Path, functions: dict[str, str]) -> None:
    body = "\n".join(f"int {name}(void) {{ return {NO_DEVICE}; }}" for name in functions)
    versions = {version for version in functions.values() if version}
    with tempfile.NamedTemporaryFile("w", suffix=".map") as script:
        for version in versions:
            names = "; ".join(name for name, of in functions.items() if of == version)
            script.write(f"{version} {{ global: {names}; }};\n")
        script.flush()
        flags = ["-shared", "-fPIC", "-fno-builtin", f"-Wl,-soname,{path.name}", "-o", path]
        flags += [f"-Wl,--version-script={script.name}"] if versions else []
        subprocess.run(["cc", "-x", "c", *flags, "-"], input=body, text=True, check=True)


def run(*command: object) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(sys.argv[1])
