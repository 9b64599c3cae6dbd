#version 330
// Flowers before anything dissolves.
#define WHOLE true
#pragma include "lib/petals.glsl"
