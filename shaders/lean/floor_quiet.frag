#version 330
#define QUIET true
const bool FLOOR = true;
#pragma include "marble.glsl"
