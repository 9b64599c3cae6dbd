#version 330
// Stone that stands, and grit, before the orb.
#define QUIET true
const bool FLOOR = false, FINEST = true;
#pragma include "lib/marble.glsl"
