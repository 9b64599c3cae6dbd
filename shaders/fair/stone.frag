#version 330
const bool FLOOR = false, FINEST = false;
#pragma include "../lib/marble.glsl"
