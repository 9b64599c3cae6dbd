#version 330
// The gravestone's face.
#define CARVED true
const bool FLOOR = false, FINEST = true;
#pragma include "lib/marble.glsl"
