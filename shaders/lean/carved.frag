#version 330
#define CARVED true
const bool FLOOR = false;
#pragma include "marble.glsl"
