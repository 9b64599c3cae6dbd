#version 330
#define QUIET true
const bool FLOOR = false, FINEST = false;
#pragma include "../lib/marble.glsl"
