#version 330
// Flowers for machines without a graphics card, before anything dissolves.
#define WHOLE true
#define PLAIN true
#pragma include "../lib/petals.glsl"
