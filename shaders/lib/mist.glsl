// How thick the mist is at a point: born in the cracks, pooling low, parted by the raised orb.
#pragma once
#pragma include "light.glsl"

const float MIST_TOP = 3.2;  // metres: nothing above is marched

float mist_density(vec3 p) {
    float far = length(p.xy);
    if (p.z > MIST_TOP || far > 60.0) return 0.0;
    vec4 crack = texture(u_cracks, court_uv(p.xy));
    float born = exp(-crack.x * 2.6) * (0.35 + 5.0 * crack.y);
    vec2 wind = vec2(S_breath * 0.035, S_breath * 0.021);
    vec4 a = texture(u_clouds, p.xy * 0.052 + wind * 0.35 + p.z * 0.021);
    vec4 b = texture(u_clouds, p.xy * 0.17 - wind + (a.xy - 0.5) * 0.35 + vec2(p.z * 0.11, -p.z * 0.07));
    float wisps = smoothstep(0.28, 0.92, a.x * 0.6 + b.y * 0.4);
    float curl_up = smoothstep(0.45, 0.95, b.z * 0.7 + a.y * 0.3);
    // A pool at the ankles, breath above it that thins with height.
    float depth = mix(0.50, 0.24, S_mist_low);
    float pool = exp(-max(p.z, 0.0) / depth) * (0.35 + born * 1.5) * (0.35 + wisps);
    float breath = exp(-max(p.z, 0.0) / 1.15) * wisps * curl_up * 0.55 * (1.0 - 0.75 * S_mist_low);
    float d = pool + breath;
    // Parted: a ring opens outward from the orb and folds low at its rim.
    if (S_bow_mist > 0.0) {
        float from = length(p.xy - u_orb.xy);
        float ring = S_bow_mist * 17.0;
        float inside = smoothstep(ring + 1.0, ring - 1.5, from) * S_bow_mist;
        float rim = exp(-pow((from - ring) / 1.1, 2.0)) * exp(-max(p.z - 0.2, 0.0) * 1.6);
        d = d * (1.0 - 0.94 * inside) + rim * 1.3 * (1.0 - S_bow_mist * S_bow_mist) * (0.5 + wisps);
    }
    return d * S_mist * 0.62 * smoothstep(58.0, 34.0, far);
}
