// Dew on a blade of grass at sunrise, seen as close as an eye can come.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"

const vec2 DEW_SUN = vec2(-0.30, 0.02);

// The morning, far out of focus. A drop sees this too, upside down.
vec3 sunrise(vec2 p) {
    vec3 c = mix(srgb(0xFF9A6C) * 0.95, srgb(0x7FA8E0) * 0.62, smoothstep(0.0, 0.85, p.y));
    c = mix(c, srgb(0xFFDCA0) * 1.05, exp(-pow((p.y + 0.02) / 0.22, 2.0)) * 0.8);
    float land = 1.0 - smoothstep(-0.34, 0.0, p.y + 0.05 * sin(p.x * 4.0 + 1.0));
    c = mix(c, mix(srgb(0x8C8A34) * 0.50, srgb(0x0E2C1C) * 0.45, 1.0 - smoothstep(-0.8, -0.12, p.y)), land);
    vec2 s = p - DEW_SUN;
    float away = dot(s, s);
    return c + srgb(0xFFC070) * 1.05 * exp(-away * 5.0) + srgb(0xFFF4D0) * 3.2 * (1.0 - smoothstep(0.05, 0.19, sqrt(away))) + srgb(0xFFE0A0) * 1.3 * exp(-away * 30.0);
}

vec2 bend(float t) {
    const vec2 a = vec2(-1.10, -0.80), b = vec2(-0.35, 0.98), c = vec2(0.56, 0.10);
    return mix(mix(a, b, t), mix(b, c, t), t);
}

// Where a place lies by the blade: along it, 0..1, and the distance from its spine, + above.
vec2 by_blade(vec2 p) {
    float nearest = 9.0, along = 0.0, side = 1.0;
    for (float i = 0.0; i < 20.0; i += 1.0) {
        vec2 s = bend(i / 20.0), e = bend((i + 1.0) / 20.0) - s;
        float t = clamp(dot(p - s, e) / dot(e, e), 0.0, 1.0);
        vec2 off = p - s - t * e;
        float gap = length(off);
        if (gap < nearest) { nearest = gap; along = (i + t) / 20.0; side = sign(off.y * e.x - off.x * e.y); }
    }
    return vec2(along, nearest * side);
}

// A drop of `radius` at `at`; `hang` draws its top out to where it hangs from. It is a lens: it
// shows the sunrise upside down, dark round its edge, where it looks into the grass, and throws
// the sun together on its far side.
vec3 drop(vec3 c, vec2 p, vec2 at, float radius, float hang, float blur) {
    vec2 q = (p - at) / radius;
    q.x *= 1.0 + hang * 0.45 * smoothstep(-0.2, 1.9, q.y) * (1.0 + max(q.y, 0.0));
    q.y /= q.y > 0.0 ? 1.0 + 0.42 * hang : 1.0;
    float r = length(q), z = sqrt(max(1.0 - r * r, 0.0));
    vec2 to_sun = normalize(DEW_SUN - at);
    // The sun's light, thrown together behind the drop, and the drop's own dark beside it.
    vec2 far = q + to_sun * 1.05;
    c += srgb(0xFFE0A0) * 0.35 * exp(-dot(far, far) * 5.0);
    vec2 bent = -q * (0.62 + 0.35 * r * r + 0.80 * pow(r, 6.0)) + at * 0.15;
    vec3 inside = sunrise(bent) * 1.10;
    inside = mix(inside, srgb(0x1C3A20) * 0.55, 0.70 * smoothstep(0.80, 0.99, r));
    inside += srgb(0xFFE8B8) * 0.45 * smoothstep(0.90, 1.0, r) * smoothstep(0.0, 0.9, dot(q, -to_sun));
    inside += srgb(0xFFE2A0) * 0.9 * exp(-dot(q + to_sun * 0.62, q + to_sun * 0.62) * 9.0);
    inside += srgb(0xBFE4FF) * 0.40 * smoothstep(0.80, 0.97, r) * max(q.y, 0.0);
    vec2 glint = q - to_sun * 0.52 - vec2(0.0, 0.16);
    inside += vec3(2.6, 2.4, 2.1) * (1.0 - smoothstep(0.07, 0.17, length(glint * vec2(1.0, 1.5))));
    float there = 1.0 - smoothstep(1.0 - blur / radius, 1.0 + blur / radius, r);
    return mix(c, inside, there);
}

float blade_width(float along) { return 0.120 * pow(1.0 - along, 0.55) * smoothstep(-0.3, 0.25, along) + 0.005; }

vec3 blade(vec3 c, vec2 p, vec2 at, float blur) {
    float width = blade_width(at.x);
    float over = at.y / width, there = 1.0 - smoothstep(width - blur, width + blur, abs(at.y));
    // Lit through from behind: the flesh between the veins glows, most where the sun stands behind
    // it; veins and midrib are pale cords.
    float near = exp(-dot(p - DEW_SUN, p - DEW_SUN) * 1.9), mottle = value_noise(vec3(at.x * 26.0, over * 2.2, 5.0));
    float cords = pow(0.5 + 0.5 * cos(over * 34.0 + 0.6 * mottle), 6.0) * (1.0 - smoothstep(0.004, 0.012, blur));
    vec3 green = mix(srgb(0x16401C) * 0.60, srgb(0xC4DC48) * 1.25, clamp(0.10 + 0.95 * near * (0.70 + 0.45 * mottle), 0.0, 1.0));
    green *= mix(0.66, 1.12, smoothstep(-0.12, 0.12, over));  // two halves, folded at the midrib
    green += srgb(0xE6F08C) * (0.10 + 0.28 * near) * cords;
    green = mix(green, srgb(0xF0F2A8) * (0.45 + 0.75 * near), 0.65 * exp(-over * over * 120.0));
    // Its edges hold the light, above from the sky and below from the sun.
    green += srgb(0xFFF0C0) * (0.25 + 1.5 * near) * smoothstep(0.80, 1.0, abs(over));
    return mix(c, green, there);
}

// Beads too fine to be lenses, which lie along the blade: a dark side, a bright side, a spark.
vec3 beads(vec3 c, vec2 p, vec2 at) {
    const float MANY = 58.0, LENGTH = 2.6;
    float cell = floor(at.x * MANY);
    vec3 r = hash3(cell + 19.0);
    vec2 q = vec2((fract(at.x * MANY) - 0.5) * LENGTH / MANY, at.y - blade_width(at.x) * mix(-0.7, 1.05, r.x));
    float radius = mix(0.008, 0.023, r.y * r.y) * smoothstep(0.10, 0.25, at.x) * (1.0 - smoothstep(0.9, 1.0, at.x)), d = length(q) / max(radius, 1e-4);
    vec2 way = normalize(q + 1e-5);
    vec3 bead = mix(srgb(0x6A9038) * 0.8, srgb(0xFFF0C8) * 1.9, smoothstep(-0.7, 0.8, -way.y * d));
    bead += vec3(2.4, 2.2, 1.8) * (1.0 - smoothstep(0.12, 0.34, length(q / max(radius, 1e-4) - vec2(-0.25, 0.42))));
    float twinkle = 0.75 + 0.25 * sin(S_breath * (0.8 + r.z) + 30.0 * r.x);
    return mix(c, bead * twinkle, (1.0 - smoothstep(0.80, 1.05, d)) * step(r.z, 0.62) * step(0.001, radius));
}

vec3 dew(vec2 p, vec2 drift) {
    vec2 b = p + drift * 0.9;
    vec3 c = sunrise(b);
    for (float i = 0.0; i < 16.0; i += 1.0) {  // dew on grass far off
        vec3 r = hash3(i + 11.0);
        vec2 q = b - vec2(r.x * 2.0 - 1.0, -0.95 + 0.95 * r.y);
        float d = length(q) / mix(0.03, 0.12, r.z * r.z);
        float twinkle = 0.6 + 0.4 * sin(S_breath * (0.7 + r.x) + 6.0 * r.y);
        c += mix(srgb(0xFFD080), srgb(0xC8E08A), r.y) * mix(0.75, 0.22, r.z) * twinkle * (1.0 - smoothstep(0.80, 1.0, d)) * (0.5 + 0.5 * smoothstep(0.2, 0.95, d));
    }
    for (float i = 0.0; i < 5.0; i += 1.0) {  // blades behind, each less sharp
        vec3 r = hash3(i + 71.0);
        float lean = b.x - (i - 2.1) * 0.40 - (r.x - 0.5) * 0.9 * (b.y + 1.0) * (b.y + 1.0) * 0.6;
        float wide = 0.05 * (1.0 - smoothstep(-0.9, 0.3 + 0.6 * r.y, b.y));
        c = mix(c, srgb(0x5A7A34) * 0.55, 0.60 * (1.0 - smoothstep(0.3 * wide, wide + 0.13, abs(lean))) * smoothstep(0.0, 0.02, wide));
    }
    vec2 q = p - drift * 0.3;
    q.y += 0.012 * sin(S_breath * 0.9) * (q.x + 1.0);
    vec2 at = by_blade(q);
    float blur = 0.010 + 0.09 * (1.0 - smoothstep(0.0, 0.35, at.x));
    c = beads(blade(c, q, at, blur), q, at);
    c = drop(c, q, bend(0.20) + vec2(-0.03, 0.10), 0.10, 0.0, 0.030);
    c = drop(c, q, bend(0.36) + vec2(-0.03, 0.125), 0.135, 0.0, 0.012);
    c = drop(c, q, bend(0.47) + vec2(0.00, 0.085), 0.050, 0.0, 0.006);
    c = drop(c, q, bend(0.58) + vec2(0.03, 0.105), 0.095, 0.0, 0.006);
    c = drop(c, q, bend(0.71) + vec2(0.02, 0.060), 0.042, 0.0, 0.006);
    c = drop(c, q, bend(0.79) + vec2(0.03, 0.058), 0.030, 0.0, 0.006);
    // The one that is about to fall swells and trembles.
    float full = 0.5 + 0.5 * sin(S_breath * 0.45);
    float radius = 0.215 + 0.012 * full;
    return drop(c, q, bend(1.0) + vec2(0.0, -1.30 * radius - 0.015 * full), radius, 0.85 + 0.15 * full, 0.008);
}
