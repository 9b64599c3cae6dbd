#version 330
// The mist and the sun's shafts, before the orb.
#define QUIET true
#pragma include "lib/march.glsl"
