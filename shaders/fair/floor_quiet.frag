#version 330
#define QUIET true
const bool FLOOR = true, FINEST = false;
#pragma include "../lib/marble.glsl"
