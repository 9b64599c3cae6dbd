#version 330
// Stone that stands, and grit.
const bool FLOOR = false;
#pragma include "lib/marble.glsl"
