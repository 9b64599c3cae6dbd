// Spaces, units and the numbers of one frame.
//   world   metres, x east, y north, z up, right-handed; the fallen one lies at the origin
//   view    Panda3D's own (gl-coordinate-system default): x right, y forward, z up
//   clip    GL clip space
// Light is linear and scene-referred; 1.0 is a sheet of white paper under the dream's own sky.
#pragma once
#pragma include "state.glsl"

uniform mat4 p3d_ViewMatrix;
uniform mat4 p3d_ViewMatrixInverse;
uniform mat4 p3d_ViewProjectionMatrix;
uniform vec2 u_size;   // of the picture being drawn, pixels
uniform float u_clip;  // metres: what lies below is not drawn (the mirror's surface)

// A pair that defines QUIET as true is for the time before the orb's light, the roots and the
// dissolve, and leaves them out: software renderers run both sides of every `if`.
#ifndef QUIET
#define QUIET false
#endif
// One that defines WHOLE as true is for the time before the dissolve, and leaves only that out.
#ifndef WHOLE
#define WHOLE QUIET
#endif

const float PI = 3.14159265;
const float COURT = 45.0;  // half the courtyard's side, metres

vec3 eye() { return p3d_ViewMatrixInverse[3].xyz; }
