#version 330
// Stone that stands, and grit, before anything dissolves.
#define WHOLE true
const bool FLOOR = false, FINEST = true;
#pragma include "lib/marble.glsl"
