#version 330
const bool FLOOR = false;
#pragma include "marble.glsl"
