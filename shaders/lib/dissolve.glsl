// The order in which the courtyard turns to dust. Surfaces and motes share it, so that a mote
// lifts off exactly where and when its piece of surface goes.
#pragma once
#pragma include "frame.glsl"
#pragma include "noise.glsl"

// When the surface at a rest point goes: 0 first, 1 last. Wears inward from the rim and from above,
// unevenly, with a crumbled edge.
float dissolve_time(vec3 rest) {
    float grain = (fbm(rest * 0.55, 3) - 0.5) * 0.95 + (value_noise(rest * 6.0) - 0.5) * 0.14;
    grain += (value_noise(rest * 31.0) - 0.5) * 0.05;
    float rim = 1.0 - smoothstep(0.0, 52.0, length(rest.xy));
    // The bed under the slabs goes before them, so that no hole shows it lit.
    grain -= 0.34 * (1.0 - smoothstep(-0.26, -0.12, rest.z));
    return clamp(0.30 + grain + 0.32 * rim - 0.016 * rest.z, 0.02, 0.90);
}

// How far past its time: below 0 still whole, above 0 gone.
float dissolve_past(vec3 rest) {
    return WHOLE || S_dissolve <= 0.0 ? -1.0 : S_dissolve * 0.98 - dissolve_time(rest);
}

// A macro, because a vertex shader that includes this file may not contain `discard`.
#define dissolve_discard(rest) if (!WHOLE && S_dissolve > 0.0 && dissolve_past(rest) > 0.0) discard

// Light along the edge that is just going: a thin ember line.
vec3 dissolve_edge(vec3 rest) {
    if (WHOLE || S_dissolve <= 0.0) return vec3(0.0);
    float near = smoothstep(-0.020, 0.0, dissolve_past(rest));
    return vec3(1.0, 0.62, 0.48) * near * near * near * 0.8;
}
