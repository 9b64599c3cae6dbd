#version 330
#define WHOLE true
const bool FLOOR = false, FINEST = false;
#pragma include "../lib/marble.glsl"
