"""Tries graphics and sound and says what they are, as one line of JSON.

Run as `python -m world.probe` by the doctor, so that a crash stays in this process.
"""

from __future__ import annotations

import json
import sys


def graphics() -> dict[str, str]:
    """Renderer and versions of a context without a window, or why there is none."""
    from world.render.graphics import GraphicsError, open_graphics

    try:
        gsg = open_graphics().gsg
    except GraphicsError as error:
        return {"graphics_error": str(error)}
    glsl = gsg.getDriverShaderVersionMajor(), gsg.getDriverShaderVersionMinor()
    return {
        "renderer": gsg.getDriverRenderer(),
        "vendor": gsg.getDriverVendor(),
        "gl": f"{gsg.getDriverVersionMajor()}.{gsg.getDriverVersionMinor()}",
        "glsl": f"{glsl[0]}.{glsl[1]}",
    }


def sound() -> dict[str, str]:
    """Whether the sound library loads and finds something to play on."""
    from panda3d.core import AudioManager, loadPrcFileData

    loadPrcFileData("probe", "audio-library-name p3openal_audio")
    manager = AudioManager.createAudioManager()
    kind = manager.getType().getName()
    if not manager.isValid() or kind == "NullAudioManager":
        return {"audio": "OpenAL found no device"}
    return {"audio": "ok"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({**graphics(), **sound()}) + "\n")
