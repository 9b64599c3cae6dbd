// The ring in which the mist parts before the raised orb.
#pragma once
#pragma include "state.glsl"

const float RIM_REACH = 15.0;  // metres
const float RIM_TALL = 0.95;   // metres, at first

float rim_radius() { return RIM_REACH * S_bow_mist; }

// It bows: the further it has run the lower it is.
float rim_height() { return RIM_TALL * smoothstep(0.0, 0.16, S_bow_mist) * (1.0 - 0.85 * smoothstep(0.1, 1.0, S_bow_mist)); }

// How much of it there is, 0..1.
float rim_there() { return smoothstep(0.0, 0.1, S_bow_mist) * (1.0 - smoothstep(0.7, 1.0, S_bow_mist)); }
