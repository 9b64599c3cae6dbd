#version 330
// The gravestone's face.
#define CARVED true
const bool FLOOR = false, FINEST = false;
#pragma include "../lib/marble.glsl"
