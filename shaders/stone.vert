#version 330
// Blocks, columns, rubble.
const bool FLOOR = false;
#pragma include "lib/marble_vertex.glsl"
