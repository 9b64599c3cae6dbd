#version 330
// The gravestone's face.
const bool FLOOR = false;
#pragma include "lib/marble_vertex.glsl"
