#version 330
#define WHOLE true
const bool FLOOR = false;
#pragma include "marble.glsl"
