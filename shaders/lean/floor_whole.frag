#version 330
#define WHOLE true
const bool FLOOR = true;
#pragma include "marble.glsl"
