#version 330
#define WHOLE true
const bool FLOOR = true, FINEST = false;
#pragma include "../lib/marble.glsl"
