#version 330
// Flowers while the courtyard turns to dust.
#pragma include "lib/petals.glsl"
