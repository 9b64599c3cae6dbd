"""Builds the slow shapes once and keeps them as small files: `python -m models.bake`.

A recipe gives one mesh, several under names, or a picture (rows, columns, channels) of bytes.
A picture is kept as it is. Of a mesh, what is stored is quantised: positions to
16 bits of their box, normals and whole-range attributes to 8 or 16 bits. The same recipe
gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, unit

FOLDER = Path(__file__).parent / "baked"
Picture = NDArray[np.uint8]
Baked = Mesh | Mapping[str, Mesh] | Picture
WHOLE = "mesh"  # the name of the mesh in the file of a recipe that gives only one
PICTURE = "picture"


def _mourner(name: str) -> Callable[[], Baked]:
    def recipe() -> Baked:
        from models.people import mourner

        return mourner.build(name)

    return recipe


def _faces() -> Baked:
    from models.people import visage

    return visage.everybody()


def _fallen() -> Baked:
    from models.people import fallen

    return fallen.build()


def _linen() -> Baked:
    from models.people import shift

    return shift.draped()[3].picture()


def _hair() -> Baked:
    from models.people import hair

    return hair.build()


def _hairs() -> Baked:
    from models.people import hairs

    return hairs.picture()


def _barefoot() -> Baked:
    from models.visitor import barefoot

    return barefoot.build()


def _hand() -> Baked:
    from models.visitor import hand

    return hand.build()


def _memories() -> Baked:
    from models.memory import visions

    return visions.memories()


def _sleeve() -> Baked:
    from models.visitor import sleeve

    return sleeve.build()


def _clouds() -> Baked:
    from models.sky import cloudscape

    return cloudscape.packed(cloudscape.dome())


def _farewell() -> Baked:
    from models.place import farewell

    return farewell.build()


def _puffs() -> Baked:
    from models.place import puffs

    return puffs.picture()


def _shells() -> Baked:
    from models.people import shells

    return shells.build()


# In this order: the mourners have the hand that is baked before them.
RECIPES: dict[str, Callable[[], Baked]] = {
    "faces": _faces,
    "hand": _hand,
    "clasped": _mourner("clasped"),
    "veiled": _mourner("veiled"),
    "leaning": _mourner("leaning"),
    "memories": _memories,
    "clouds": _clouds,
    "cloaked": _mourner("cloaked"),
    "kneeling": _mourner("kneeling"),
    "fallen": _fallen,
    "linen": _linen,
    "hair": _hair,
    "hairs": _hairs,
    "sleeve": _sleeve,
    "barefoot": _barefoot,
    "stooped": _mourner("stooped"),
    "staff": _mourner("staff"),
    "reaching": _mourner("reaching"),
    "sunk": _mourner("sunk"),
    # Of the drapes and faces, so after them:
    "shells": _shells,
    "farewell": _farewell,
    "puffs": _puffs,
}


def bake(name: str, folder: Path = FOLDER) -> Path:
    """Follows one recipe and writes its file. Raises KeyError for a name without a recipe."""
    made = RECIPES[name]()
    arrays: dict[str, NDArray[np.generic]] = {}
    if isinstance(made, np.ndarray):
        arrays[PICTURE] = _differences(made)
    else:
        meshes = {WHOLE: made} if isinstance(made, Mesh) else made
        for part, mesh in meshes.items():
            for key, array in _packed(mesh).items():
                arrays[f"{part}/{key}"] = array
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.npz"
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path


def load_picture(name: str, folder: Path = FOLDER) -> Picture:
    """A baked picture (rows, columns, channels). Raises FileNotFoundError; KeyError for a mesh."""
    with np.load(_file(name, folder)) as stored:
        if PICTURE not in stored.files:
            raise KeyError(f"{name} is a mesh, not a picture")
        return np.cumsum(stored[PICTURE], axis=1, dtype=np.uint8)


def _differences(picture: Picture) -> Picture:
    """Each texel less its left neighbour, modulo 256: the same picture, better to compress."""
    left = np.roll(picture, 1, axis=1)
    left[:, 0] = 0
    return picture - left


def _file(name: str, folder: Path) -> Path:
    path = folder / f"{name}.npz"
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is not baked yet: run `python -m models.bake`")
    return path


def load(name: str, part: str | None = None, folder: Path = FOLDER) -> Mesh:
    """A baked mesh; `part` where the recipe gives several ("clasped", "0").

    Raises FileNotFoundError where nothing was baked under that name, KeyError for a part that
    the file does not have.
    """
    with np.load(_file(name, folder)) as stored:
        names = list(dict.fromkeys(key.split("/")[0] for key in stored.files))
        wanted = part or (WHOLE if WHOLE in names else names[0])
        if wanted not in names:
            raise KeyError(f"{name} has no part {wanted!r}, only {', '.join(names)}")
        keys = [key for key in stored.files if key.startswith(f"{wanted}/")]
        return _unpacked({key.removeprefix(f"{wanted}/"): stored[key] for key in keys})


def parts(name: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of the meshes in a baked file, in the order that the recipe gave them."""
    with np.load(folder / f"{name}.npz") as stored:
        return tuple(dict.fromkeys(key.split("/")[0] for key in stored.files))


def _packed(mesh: Mesh) -> dict[str, NDArray[np.generic]]:
    low, high = mesh.positions.min(axis=0), mesh.positions.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    steps = np.round((mesh.positions - low) / span * 65535).astype(np.uint16)
    small = len(mesh.positions) <= 65536
    arrays: dict[str, NDArray[np.generic]] = {
        "box": np.stack([low, span]).astype(np.float32),
        "positions": steps,
        "normals": np.round(mesh.normals * 127).astype(np.int8),
        "triangles": mesh.triangles.astype(np.uint16 if small else np.uint32),
    }
    for name, values in mesh.attributes.items():
        arrays[f"of.{name}"] = _narrow(values)
    return arrays


def _narrow(values: NDArray[np.float32]) -> NDArray[np.generic]:
    """Fractions as bytes, small whole numbers as signed bytes, all else as half floats."""
    if np.array_equal(values, np.round(values)) and np.abs(values).max(initial=0) < 128:
        return values.astype(np.int8)
    if values.min(initial=0) >= 0 and values.max(initial=0) <= 1:
        return np.round(values * 255).astype(np.uint8)
    return values.astype(np.float16)


def _unpacked(arrays: Mapping[str, NDArray[np.generic]]) -> Mesh:
    low, span = arrays["box"].astype(np.float32)
    positions = low + arrays["positions"].astype(np.float32) / 65535 * span
    attributes = {}
    for key, stored in arrays.items():
        if key.startswith("of."):
            values = stored.astype(np.float32)
            attributes[key[3:]] = values / np.float32(255) if stored.dtype == np.uint8 else values
    normals = unit(arrays["normals"].astype(np.float32))
    return Mesh(positions, normals, arrays["triangles"].astype(np.int32), attributes)


def main() -> None:
    """Bakes everything, or with --only NAME one thing, and says what it weighs."""
    from rich.console import Console
    from rich.progress import Progress

    parser = argparse.ArgumentParser(prog="python -m models.bake", description=main.__doc__)
    parser.add_argument("--only", choices=sorted(RECIPES), action="append", metavar="NAME")
    wanted = parser.parse_args().only or list(RECIPES)
    console = Console()
    with Progress(console=console) as progress:
        task = progress.add_task("sculpting", total=len(wanted))
        for name in wanted:
            progress.update(task, description=name)
            size = bake(name).stat().st_size
            console.log(f"{name}: {size / 1024:.0f} kB")
            progress.advance(task)


if __name__ == "__main__":
    main()
