#version 330
// Stone that stands, and grit.
const bool FLOOR = false, FINEST = true;
#pragma include "lib/marble.glsl"
