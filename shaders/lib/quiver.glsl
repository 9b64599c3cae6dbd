// How far the ground's quiver lifts a slab of this seed at p, metres.
#pragma once
#pragma include "state.glsl"

float quiver(vec3 p, float seed) {
    if (S_tremor <= 0.0) return 0.0;
    float shake = sin(S_story * 41.0 + seed * 40.0) + sin(S_story * 57.0 + seed * 91.0);
    return S_tremor * 0.0045 * shake * exp(-dot(p.xy, p.xy) / 900.0);
}

// How far the flowers that push up beside a slab lift it at p, metres: about the fallen one, short of
// where people stand.
float heaved(vec3 p, float seed) {
    if (S_flowers_front <= 0.0) return 0.0;
    float far = length(p.xy), near_by = smoothstep(1.2, 2.0, far) * (1.0 - smoothstep(3.2, 4.4, far));
    return 0.022 * fract(seed * 13.7) * near_by * smoothstep(0.0, 1.6, S_flowers_front - far);
}
