#version 330
#define QUIET true
const bool FLOOR = false;
#pragma include "marble.glsl"
