#version 330
// The courtyard's slabs and what lies under them, before anything dissolves.
#define WHOLE true
const bool FLOOR = true, FINEST = true;
#pragma include "lib/marble.glsl"
