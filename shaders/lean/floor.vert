#version 330
const bool FLOOR = true;
#pragma include "marble_vertex.glsl"
