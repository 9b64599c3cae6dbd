"""The one door between numpy and Panda3D: meshes become GeomNodes, arrays become textures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    BitMask32,
    BoundingBox,
    CPTA_uchar,
    Geom,
    GeomNode,
    GeomPoints,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    LPoint3,
    NodePath,
    OmniBoundingVolume,
    SamplerState,
    Texture,
)

from models.mesh import Mesh

PASSES = {"scene": 1, "shadow": 2, "mirror": 3, "stone-shadow": 4}  # camera mask bits


def to_node(mesh: Mesh, name: str) -> GeomNode:
    """A GeomNode with p3d_Vertex, p3d_Normal and the mesh's attributes as inputs."""
    columns = {"vertex": mesh.positions, "normal": mesh.normals, **mesh.attributes}
    data = _vertex_data(columns, name)
    triangles = GeomTriangles(Geom.UHStatic)
    triangles.setIndexType(Geom.NTUint32)
    indices = np.ascontiguousarray(mesh.triangles, dtype=np.uint32)
    handle = triangles.modifyVertices()
    handle.uncleanSetNumRows(indices.size)
    handle.modifyHandle().copyDataFrom(indices.reshape(-1))
    return _node(name, data, triangles, mesh.positions)


def points(
    positions: NDArray[np.float32], attributes: Mapping[str, NDArray[np.float32]], name: str
) -> GeomNode:
    """A GeomNode of GL points: positions (n, 3) and attributes name -> (n, k)."""
    data = _vertex_data({"vertex": positions, **attributes}, name)
    primitive = GeomPoints(Geom.UHStatic)
    primitive.addNextVertices(len(positions))
    return _node(name, data, primitive, positions)


def _vertex_data(columns: Mapping[str, NDArray[np.float32]], name: str) -> GeomVertexData:
    array_format = GeomVertexArrayFormat()
    parts = []
    for column, values in columns.items():
        rows = np.ascontiguousarray(values, dtype=np.float32)
        contents = Geom.C_other
        if column == "vertex":
            contents = Geom.C_point
        elif column == "normal":
            contents = Geom.C_normal
        array_format.addColumn(InternalName.make(column), rows.shape[1], Geom.NTFloat32, contents)
        parts.append(rows)
    vertex_format = GeomVertexFormat(array_format)
    data = GeomVertexData(name, GeomVertexFormat.registerFormat(vertex_format), Geom.UHStatic)
    data.uncleanSetNumRows(len(parts[0]))
    table = np.concatenate(parts, axis=1)
    stride = data.getArray(0).getArrayFormat().getStride() // 4
    if stride != table.shape[1]:
        table = np.pad(table, ((0, 0), (0, stride - table.shape[1])))
    data.modifyArrayHandle(0).copyDataFrom(np.ascontiguousarray(table))
    return data


def _node(
    name: str, data: GeomVertexData, primitive: Geom, positions: NDArray[np.float32]
) -> GeomNode:
    geom = Geom(data)
    geom.addPrimitive(primitive)
    node = GeomNode(name)
    node.addGeom(geom)
    if len(positions):
        low, high = positions.min(axis=0), positions.max(axis=0)
        box = BoundingBox(LPoint3(*map(float, low)), LPoint3(*map(float, high)))
        geom.setBounds(box)
        node.setBounds(box)
    return node


def everywhere(path: NodePath) -> NodePath:
    """Never culled: for what the vertex shader moves or repeats."""
    path.node().setBounds(OmniBoundingVolume())
    path.node().setFinal(True)
    return path


def drawable(path: NodePath, shader: str, passes: str = "scene") -> NodePath:
    """Tags a node with the shader pair that draws it and the passes that it appears in.

    `passes` is a list of words from PASSES. Raises KeyError for another word.
    """
    path.setTag("shader", shader)
    wanted = {PASSES[word] for word in passes.split()}
    for bit in PASSES.values():
        if bit not in wanted:
            path.hide(BitMask32.bit(bit))
    return path


_FORMATS = {
    ("f", 1): (Texture.TFloat, Texture.FR32),
    ("f", 2): (Texture.TFloat, Texture.FRg32),
    ("f", 4): (Texture.TFloat, Texture.FRgba32),
    ("u", 1): (Texture.TUnsignedByte, Texture.FRed),
    ("u", 2): (Texture.TUnsignedByte, Texture.FRg),
    ("u", 4): (Texture.TUnsignedByte, Texture.FRgba8),
}


def texture(
    array: NDArray[np.float32] | NDArray[np.uint8],
    name: str,
    *,
    filtered: bool = True,
    mipmaps: bool = False,
    repeat: bool = False,
) -> Texture:
    """A 2-D texture of an array (height, width[, k]) with k in 1, 2, 4; row 0 at the bottom.

    float32 becomes R32F, RG32F or RGBA32F, uint8 the 8-bit forms; channels are RGBA.
    """
    tex = Texture(name)
    refill(tex, array)
    near = SamplerState.FTNearest
    small = SamplerState.FTLinearMipmapLinear if mipmaps else SamplerState.FTLinear
    tex.setMinfilter(small if filtered else near)
    tex.setMagfilter(SamplerState.FTLinear if filtered else near)
    wrap = SamplerState.WMRepeat if repeat else SamplerState.WMClamp
    tex.setWrapU(wrap)
    tex.setWrapV(wrap)

    return tex


def refill(tex: Texture, array: NDArray[np.float32] | NDArray[np.uint8]) -> None:
    """Puts another array of the kind that `texture` takes into an existing texture."""
    values = array[:, :, None] if array.ndim == 2 else array
    if values.dtype not in (np.float32, np.uint8) or values.ndim != 3:
        raise ValueError(f"texture {tex.getName()}: {array.dtype} {array.shape} is not a picture")
    height, width, channels = values.shape
    kind = "f" if values.dtype == np.float32 else "u"
    if (kind, channels) not in _FORMATS:
        raise ValueError(f"texture {tex.getName()}: {channels} channels; use 1, 2 or 4")
    component, layout = _FORMATS[kind, channels]
    if (tex.getXSize(), tex.getYSize(), tex.getFormat()) != (width, height, layout):
        tex.setup2dTexture(width, height, component, layout)
    if channels == 4:
        values = values[:, :, [2, 1, 0, 3]]
    tex.setRamImage(CPTA_uchar(np.ascontiguousarray(values).tobytes()))
