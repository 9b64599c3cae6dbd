#version 330
// Slabs. The ground's quiver lifts each by itself.
const bool FLOOR = true;
#pragma include "lib/marble_vertex.glsl"
