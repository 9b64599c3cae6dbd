#version 330
// The courtyard's slabs and what lies under them.
const bool FLOOR = true, FINEST = true;
#pragma include "lib/marble.glsl"
