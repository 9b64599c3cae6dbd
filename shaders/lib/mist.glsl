// How thick the mist is at a point: born in the cracks, pooling low, parted by the raised orb.
#pragma once
#pragma include "light.glsl"

const float MIST_TOP = 3.2;  // metres: nothing above is marched

// Ribbons that wind about where somebody stands, drawn in by nearness and turning as they rise.
float tendrils(vec3 p, vec2 feet) {
    vec2 from = p.xy - feet;
    float r = length(from);
    if (S_tendril <= 0.0 || r > 3.4) return 0.0;
    // Bent by slow eddies, so that no two ribbons run side by side.
    vec2 eddy = texture(u_clouds, p.xy * 0.19 + vec2(S_breath * 0.011, -S_breath * 0.007)).xy - 0.5;
    vec2 small = texture(u_clouds, p.xy * 0.55 + eddy - vec2(S_breath * 0.02)).yx - 0.5;
    from += eddy * 1.5 + small * 0.45;
    float bent = length(from);
    float angle = atan(from.y, from.x) / (2.0 * PI);
    float wind = angle * 2.0 + p.z * 0.30 - S_breath * 0.03 - 0.22 / (bent + 0.4);
    float a = texture(u_clouds, vec2(wind, bent * 0.21 - p.z * 0.10 - S_breath * 0.009)).z;
    float b = texture(u_clouds, vec2(wind + 0.3, bent * 0.47 - p.z * 0.3 + S_breath * 0.015)).z;
    float torn = smoothstep(0.24, 0.58, texture(u_clouds, vec2(angle + 0.1, bent * 0.3 + S_breath * 0.012)).x);
    float ribbon = smoothstep(0.42, 0.80, a * 0.72 + b * 0.28) * (0.25 + 0.75 * torn);
    float reach = (1.0 - smoothstep(0.9, 3.4, r)) * exp(-max(p.z, 0.0) / 0.34) * (1.0 - smoothstep(0.45, 1.25, p.z));
    return S_tendril * ribbon * reach * 26.0;
}

float mist_density(vec3 p, vec2 feet) {
    float far = length(p.xy);
    if (p.z > MIST_TOP || p.z < (S_dissolve > 0.0 ? 0.0 : -0.5) || far > 60.0) return 0.0;
    vec4 crack = texture(u_cracks, court_uv(p.xy));
    float seep = exp(-crack.x * 4.5) * (0.55 + 4.0 * crack.y);
    vec2 wind = vec2(S_breath * 0.030, S_breath * 0.017);
    vec4 a = texture(u_clouds, p.xy * 0.043 + wind * 0.3 + p.z * 0.021);
    vec2 turn = (a.xy - 0.5) * 0.5;
    vec4 b = texture(u_clouds, p.xy * 0.135 - wind + turn + vec2(p.z * 0.11, -p.z * 0.07));
    vec4 c = texture(u_clouds, p.xy * 0.43 + wind * 1.6 - turn + vec2(-p.z * 0.21, p.z * 0.25 - S_breath * 0.02));
    float body = a.x * 0.5 + b.y * 0.33 + c.x * 0.17;
    float wisps = smoothstep(0.30, 0.74, body);
    float streams = smoothstep(0.55, 0.95, b.z * 0.6 + c.z * 0.4);
    // A pool at the ankles, fed by the cracks; breath above it that thins with height.
    float depth = mix(0.34, 0.17, S_mist_low) * (0.55 + 0.9 * b.x);
    float pool = exp(-max(p.z, 0.0) / depth) * (0.03 + 0.9 * seep * (0.2 + wisps) + 1.5 * wisps * wisps + 0.5 * streams * wisps);
    float rising = exp(-max(p.z, 0.0) / 0.75) * seep * streams * 1.3;
    float breath = exp(-max(p.z, 0.0) / 1.1) * wisps * streams * 0.34 * (1.0 - 0.8 * S_mist_low);
    float d = pool + rising + breath + tendrils(p, feet);
    if (p.z < 0.0) d *= 0.45 + 0.9 * streams;
    // Parted: a ring opens outward from the orb and folds low at its rim.
    if (S_bow_mist > 0.0) {
        float from = length(p.xy - u_orb.xy);
        float ring = S_bow_mist * 17.0;
        float inside = (1.0 - smoothstep(ring - 1.5, ring + 1.0, from)) * S_bow_mist;
        float rim = exp(-pow((from - ring) / 1.1, 2.0)) * exp(-max(p.z - 0.2, 0.0) * 1.6);
        d = d * (1.0 - 0.92 * inside) + rim * 1.6 * (1.0 - S_bow_mist * S_bow_mist) * (0.4 + wisps);
    }
    return d * S_mist * 0.52 * (1.0 - smoothstep(30.0, 58.0, far)) * (1.0 - 0.55 * smoothstep(8.0, 30.0, far));
}
