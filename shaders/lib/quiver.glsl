// How far the ground's quiver lifts a slab of this seed at p, metres.
#pragma once
#pragma include "state.glsl"

float quiver(vec3 p, float seed) {
    if (S_tremor <= 0.0) return 0.0;
    float shake = sin(S_story * 41.0 + seed * 40.0) + sin(S_story * 57.0 + seed * 91.0);
    return S_tremor * 0.0045 * shake * exp(-dot(p.xy, p.xy) / 900.0);
}
