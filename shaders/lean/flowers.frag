#version 330
// Flowers for machines without a graphics card.
#define PLAIN true
#pragma include "../lib/petals.glsl"
