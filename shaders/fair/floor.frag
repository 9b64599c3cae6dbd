#version 330
const bool FLOOR = true, FINEST = false;
#pragma include "../lib/marble.glsl"
