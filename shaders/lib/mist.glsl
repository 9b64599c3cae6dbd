// How thick the mist is at a point: born in the cracks, pooling low, parted by the raised orb.
#pragma once
#pragma include "light.glsl"
#pragma include "bow.glsl"

uniform vec3 u_eye;

const float MIST_TOP = 2.4;  // metres: nothing above is marched
const float BED = -0.34;     // metres: how deep the cracks are
vec3 MIST_SILVER = srgb(0xC8D0DA) * vec3(0.93, 0.92, 1.12), MIST_SHADE = srgb(0x7E7A99);

// Where mist at p has drifted from, metres away: three shears, each along its own front, and one
// slow whirl about the feet, or under the hand that gathers it. None of them has any divergence,
// so mist is moved and never made.
vec2 drift(vec2 p, vec2 feet) {
    float t = S_breath * 0.21;
    vec2 by = 0.17 * vec2(0.80, 0.60) * sin(dot(p, vec2(-0.60, 0.80)) * 1.9 + t);
    by += 0.13 * vec2(-0.28, 0.96) * sin(dot(p, vec2(0.96, 0.28)) * 3.1 - 1.3 * t);
    by += 0.07 * vec2(0.96, -0.28) * sin(dot(p, vec2(0.28, 0.96)) * 6.7 + 1.9 * t);
    vec2 from = p - mix(feet, u_orb.xy, 0.7 * S_gather);
    return by + (S_tendril + S_gather) * 1.4 * vec2(-from.y, from.x) * exp(-dot(from, from) * 1.5);
}

// The raised orb parts the mist: a ring runs outward from under it, and what it has pushed before
// it stands as a bank that leans out, folds over and sinks. What share stays; what the bank adds.
vec2 parted(vec3 p, float folds) {
    float ahead = length(p.xy - u_orb.xy) - rim_radius() - 1.6 * (folds - 0.5);
    float inside = (1.0 - smoothstep(-1.3, 0.2, ahead)) * smoothstep(0.0, 0.1, S_bow_mist) * (1.0 - 0.5 * S_mist_low);
    float tall = rim_height() * (0.4 + 0.6 * folds), lean = ahead - 0.7 * p.z;
    float bank = exp(-lean * lean * (lean > 0.0 ? 0.9 : 5.0)) * (1.0 - smoothstep(0.3, 1.2, p.z / (tall + 0.02)));
    return vec2(1.0 - 0.96 * inside, 1.5 * bank * rim_there());
}

struct Mist {
    float density;  // per metre
    float relief;   // how much more there is on the west than here: what turns to the sun
    float way;      // metres that roots of light run to the nearest crack
};

// The mist at p, as seen by a march that takes steps of `coarse` metres there.
Mist mist_at(vec3 p, vec2 feet, float coarse) {
    float far = length(p.xy), up = max(p.z, 0.0), lod = clamp(log2(coarse * 9.0), 0.0, 4.0);
    vec2 q = p.xy - drift(p.xy, feet);
    vec2 wind = vec2(S_breath * 0.030, S_breath * 0.017);
    vec2 middle = q * 0.17 - wind + vec2(up * 0.10, -up * 0.07);
    vec4 a = textureLod(u_clouds, q * 0.047 + wind * 0.3, 0.0);
    vec4 b = textureLod(u_clouds, middle, lod);
    vec4 c = textureLod(u_clouds, q * 0.61 + wind * 1.6 + vec2(-up * 0.31, up * 0.35 - S_breath * 0.03), lod + 1.0);
    Mist here;
    here.relief = textureLod(u_clouds, middle - vec2(0.05, 0.0), lod).y - b.y;
    // What rises leans with the drift.
    vec4 crack = textureLod(u_cracks, court_uv(p.xy - (p.xy - q) * min(up * 1.6, 1.0)), 0.0);
    here.way = crack.z;
    float wide = smoothstep(0.004, 0.055, crack.y);
    float body = a.x * 0.30 + b.y * 0.46 + c.x * 0.24;

    // A pool lies along the cracks with an edge of its own; out on the slabs only its tongues lie.
    float fed = exp(-crack.x * crack.x * 24.0) * (0.25 + 0.75 * wide);
    float ring = distance(p.xy, feet) - 0.62;
    fed = min(fed + 0.55 * S_tendril * exp(-ring * ring * 7.0), 1.0);
    float pooled = smoothstep(0.0, 0.17, body - mix(0.73, 0.46, fed));
    float deep = (0.07 + 0.15 * b.x) * (1.0 - 0.45 * S_mist_low);
    float streaks = smoothstep(0.30, 0.95, c.z * 0.6 + b.z * 0.4);
    float d = 7.0 * pooled * (0.12 + 1.7 * streaks) * exp(-up / deep);
    // A sheet stands over the crack itself, high where it wells up, torn at its upper edge.
    float thin = 0.0022 + 0.02 * up + 0.16 * coarse * coarse;
    float height = (0.05 + 0.42 * smoothstep(0.42, 0.95, b.z * 0.55 + a.y * 0.45)) * (0.3 + 0.7 * wide);
    float sheet = exp(-crack.x * crack.x / thin) * sqrt(0.0022 / thin);
    d += 16.0 * sheet * wide * (0.25 + 1.1 * c.z) * (1.0 - smoothstep(0.25, 1.0, up / height * (0.6 + 0.7 * c.x)));
    // Breath above it all, which only adds up over metres.
    float veil = smoothstep(0.42, 0.78, body) * exp(-up / 0.8) * smoothstep(2.0, 12.0, distance(p.xy, u_eye.xy));
    d += 0.13 * veil * (1.0 - 0.8 * S_mist_low);
    if (p.z < 0.0) d = 3.4 * wide * (0.35 + c.z) * (1.0 - smoothstep(0.0, 0.2, S_dissolve));
    if (!QUIET) {
        vec2 part = parted(p, b.x), from = p.xy - u_orb.xy;
        part.x *= 1.0 - 0.8 * S_orb * exp(-dot(from, from) * 0.35);  // what the orb has drawn in
        d = d * part.x + part.y * (0.25 + 1.2 * c.z);
    }
    d *= S_mist * (1.0 - smoothstep(30.0, 58.0, far)) * (1.0 - 0.45 * smoothstep(8.0, 30.0, far));
    here.density = p.z > MIST_TOP || p.z < BED ? 0.0 : d;
    return here;
}
