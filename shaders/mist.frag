#version 330
// The mist and the sun's shafts, lit by the orb and by roots of light, and parted by the bow.
#pragma include "lib/march.glsl"
