// Dew on a blade of grass at sunrise, seen as close as an eye can come.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"

const vec2 DEW_SUN = vec2(-0.30, 0.02);
const float CLEAR = 0.38;  // how much of what is behind a drop shows through it

// The morning, far out of focus. A drop sees this too, upside down.
vec3 sunrise(vec2 p) {
    vec3 c = mix(srgb(0xF0806C) * 0.72, srgb(0x5488D8) * 0.62, smoothstep(-0.05, 0.75, p.y));
    c = mix(c, srgb(0xFFC480) * 0.95, exp(-pow((p.y + 0.04) / 0.14, 2.0)) * 0.75);
    float land = 1.0 - smoothstep(-0.24, 0.02, p.y + 0.05 * sin(p.x * 4.0 + 1.0));
    c = mix(c, mix(srgb(0x6C8A34) * 0.34, srgb(0x1A4832) * 0.40, 1.0 - smoothstep(-0.70, -0.10, p.y)), land);
    vec2 s = p - DEW_SUN;
    float away = dot(s, s);
    return c + srgb(0xFFB060) * 0.55 * exp(-away * 6.0) + srgb(0xFFF0C8) * 3.0 * exp(-away * away * 1400.0) + srgb(0xFFE0A0) * 1.2 * exp(-away * 30.0);
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

// What a drop shows at `q`, in its radii: it is a lens, the sunrise stands in it upside down, its
// rim looks into dark grass, and the sun that came in above leaves it below.
vec3 lens(vec2 q, vec2 at, vec2 to_sun) {
    float r2 = dot(q, q), r = sqrt(r2);
    vec2 bent = -q * (0.55 + 0.40 * r2 + 0.80 * r2 * r2 * r2) + at * 0.15;
    vec3 c = sunrise(bent) * 1.15;
    // Grass that stands above in it is lit through; where the two meet, a thin dark line.
    c = mix(c, srgb(0x9CB45C) * 0.42, 0.50 * smoothstep(0.02, 0.30, q.y));
    c = mix(c, srgb(0x284430) * 0.40, 0.55 * smoothstep(0.78, 1.0, r));
    vec2 far = q + to_sun * 0.60;
    c += srgb(0xFFE4B4) * (0.6 * exp(-dot(far, far) * 7.0) + 0.7 * smoothstep(0.86, 1.0, r) * smoothstep(0.2, 0.95, dot(q, -to_sun)));
    c += srgb(0xB0D0F4) * 0.32 * smoothstep(0.74, 0.96, r) * max(q.y, 0.0);
    vec2 glint = (q - to_sun * 0.46 - vec2(0.0, 0.22)) * vec2(1.0, 1.4);
    return c + vec3(2.4, 2.3, 2.1) * exp(-pow(dot(glint, glint) * 130.0, 2.0));
}

// A drop that sits on the blade. It wets it: cut flat where it touches, dark along that line, and
// it throws the sun together on the blade beneath.
// `over` : above the line on which it sits; `leaf` : 1 on the blade
vec3 sits(vec3 c, vec2 q, vec2 at, float over, float leaf, float blur) {
    vec2 to_sun = normalize(DEW_SUN - at);
    float r = length(q), beside = 1.0 - smoothstep(0.70, 1.05, abs(q.x));
    c *= 1.0 - 0.72 * leaf * beside * exp(-pow((over + 0.10) / 0.16, 2.0));
    vec2 burn = (q + vec2(to_sun.x * 0.5, 1.02)) * vec2(1.1, 2.4);
    c += srgb(0xFFE08C) * 1.3 * leaf * exp(-dot(burn, burn) * 2.2) * step(over, 0.0);
    vec3 inside = lens(q, at, to_sun) * mix(0.30, 1.0, smoothstep(0.0, 0.26, over));
    // It is clear: what is behind it shows, least where its wall is seen along.
    inside = mix(inside, c * 1.25, CLEAR * (1.0 - smoothstep(0.55, 0.95, r)));
    return mix(c, inside, (1.0 - smoothstep(1.0 - blur, 1.0 + blur, r)) * smoothstep(-blur, blur, over));
}

// It hangs and is about to fall: the tip of the blade goes down into it, and water climbs that.
vec3 hangs(vec3 c, vec2 p, vec2 tip, float radius, float blur) {
    vec2 at = tip - vec2(0.0, 0.82 * radius), q = (p - at) / radius, to_sun = normalize(DEW_SUN - at);
    float rise = max(q.y, 0.0);
    q.x *= 1.0 + 0.30 * rise * rise;
    q.y = q.y > 0.0 ? q.y * 0.86 : q.y * 1.02;
    vec3 inside = lens(q, at, to_sun);
    float stalk = exp(-pow((q.x + 0.35 * (q.y - 0.9)) / mix(0.08, 0.30, smoothstep(0.2, 0.9, q.y)), 2.0)) * smoothstep(0.15, 0.75, q.y);
    inside = mix(inside, srgb(0x3C5A20) * 0.5, 0.85 * stalk);
    float r = length(q);
    vec2 star = (p - at) / radius + to_sun * 0.52;
    vec3 lit = mix(c, inside, 1.0 - smoothstep(1.0 - blur, 1.0 + blur, r));
    return lit + srgb(0xFFE2A8) * (0.55 * exp(-dot(star, star) * 2.2) + 1.6 * exp(-dot(star, star) * 40.0));
}

float blade_width(float along) { return 0.150 * pow(1.0 - along, 0.95) * smoothstep(-0.3, 0.20, along) + 0.0045; }

vec3 blade(vec3 c, vec2 p, vec2 at, float there) {
    float over = at.y / blade_width(at.x);
    // Lit through from behind: the flesh between the veins glows, most where the sun stands behind
    // it; elsewhere it is dark.
    float near = exp(-dot(p - DEW_SUN, p - DEW_SUN) * 2.6), mottle = value_noise(vec3(at.x * 22.0, over * 1.8, 5.0));
    float cords = pow(0.5 + 0.5 * cos(over * 22.0 + 0.8 * mottle), 4.0);
    vec3 green = mix(srgb(0x10281C) * 0.42, srgb(0x93A23A) * 0.85, clamp(0.06 + 0.90 * near * (0.60 + 0.50 * mottle), 0.0, 1.0));
    green *= mix(0.34, 1.15, smoothstep(-0.06, 0.10, over));  // two halves, folded at the midrib
    green += srgb(0xC8D080) * (0.025 + 0.12 * near) * cords;
    green = mix(green, srgb(0xD8D890) * (0.20 + 0.55 * near), 0.50 * exp(-over * over * 90.0));
    // Its upper edge holds the light of the sky.
    green += mix(srgb(0x8FA8D0) * 0.35, srgb(0xFFE0A0), near) * (0.15 + 0.9 * near) * smoothstep(0.80, 1.0, over);
    return mix(c, green, there);
}

// Drops too small to be told apart, in cells along the blade.
vec3 beads(vec3 c, vec2 at, vec2 where, float many, float seed, float least, float most, float leaf) {
    const float LENGTH = 2.6;
    vec3 r = hash3(floor(at.x * many) + seed);
    float ends = smoothstep(0.16, 0.40, at.x) * (1.0 - smoothstep(0.93, 0.99, at.x));
    float radius = mix(least, most, r.y * r.y) * ends + 1e-4, line = blade_width(at.x) * mix(-0.5, 0.85, r.x);
    vec2 q = vec2((fract(at.x * many) - 0.5 - 0.3 * (r.z - 0.5)) * LENGTH / many, at.y - line - 0.45 * radius) / radius;
    vec3 dropped = sits(c, q, where, (at.y - line) / radius, leaf, min(0.005 / radius, 0.5));
    return mix(c, dropped, step(fract(r.z * 7.0), 0.72) * step(0.002, radius));
}

// Blades out of focus, each a soft dark streak whose edge takes the sun; `low` is where one stands.
vec3 behind_it(vec3 c, vec2 b, float low, float lean, float tall, float wide, float blur, float much) {
    float up = clamp((b.y + 1.1) / tall, 0.0, 1.2), aside = b.x - low - lean * up * up;
    float half_wide = wide * (1.0 - up * up), there = (1.0 - smoothstep(half_wide - blur * 0.5, half_wide + blur, abs(aside))) * (1.0 - smoothstep(0.80, 1.15, up));
    float near = exp(-dot(b - DEW_SUN, b - DEW_SUN) * 2.6), lit = smoothstep(-0.3, 1.0, aside / max(half_wide, 0.004) * sign(DEW_SUN.x - b.x));
    return mix(c, mix(srgb(0x34603C) * 0.55, srgb(0xDCD468) * 1.05, near), there * much * mix(0.70, 1.0, lit));
}

vec3 dew(vec2 p, vec2 drift) {
    vec2 b = p + drift * 0.9;
    vec3 c = sunrise(b) * (1.0 - 0.22 * smoothstep(0.35, 1.2, length(b - DEW_SUN)));
    for (float i = 0.0; i < 14.0; i += 1.0) {  // dew on grass far off
        vec3 r = hash3(i + 11.0);
        vec2 q = b - vec2(fract(0.618 * i + 0.2 * r.x) * 2.0 - 1.0, -0.85 + 0.95 * r.y);
        float d = length(q) / mix(0.035, 0.15, r.z * r.z), twinkle = 0.7 + 0.3 * sin(S_breath * (0.7 + r.x) + 6.0 * r.y);
        c += mix(srgb(0xFFC470), srgb(0xA8C878), r.y) * mix(0.50, 0.16, r.z) * twinkle * (1.0 - smoothstep(0.60, 1.0, d));
    }
    for (float i = 0.0; i < 9.0; i += 1.0) {
        vec3 r = hash3(i + 71.0);
        c = behind_it(c, b, (i - 4.0) * 0.23 + 0.12 * r.z, (r.x - 0.5) * 1.3, 0.62 + 0.62 * r.y, 0.040 + 0.04 * r.z, 0.018 + 0.05 * r.x * r.x, 0.90);
    }
    vec2 q = p - drift * 0.3;
    q.y += 0.012 * sin(S_breath * 0.9) * (q.x + 1.0);
    vec2 at = by_blade(q);
    float blur = 0.007 + 0.10 * (1.0 - smoothstep(0.0, 0.38, at.x)), width = blade_width(at.x);
    float leaf = 1.0 - smoothstep(width - blur, width + blur, abs(at.y));
    c = blade(c, q, at, leaf);
    c = beads(c, at, q, 61.0, 19.0, 0.006, 0.016, leaf);
    c = beads(c, at, q, 23.0, 43.0, 0.014, 0.044, leaf);
    // The large ones, from the blurred to the sharp: place along the blade, radius, height of the line.
    const vec3 DROPS[4] = vec3[](vec3(0.27, 0.120, 0.2), vec3(0.44, 0.085, 0.5), vec3(0.57, 0.115, 0.1), vec3(0.76, 0.062, 0.3));
    for (int i = 0; i < 4; ++i) {
        vec3 d = DROPS[i];
        vec2 on = bend(d.x), run = normalize(bend(d.x + 0.02) - on), out_ = vec2(-run.y, run.x);
        float line = blade_width(d.x) * d.z;
        vec2 middle = on + out_ * (line + 0.42 * d.y), off = (q - middle) / d.y;
        vec2 turned = vec2(dot(off, run), dot(off, out_) * 1.08);
        c = sits(c, mix(turned, off, 0.35), middle, turned.y + 0.42, leaf, (0.006 + 0.05 * (1.0 - smoothstep(0.15, 0.45, d.x))) / d.y);
    }
    float full = 0.5 + 0.5 * sin(S_breath * 0.45);
    c = hangs(c, q, bend(1.0) + vec2(0.0, 0.012 - 0.012 * full), 0.165 + 0.010 * full, 0.045);
    // One stands before all, too near to be seen.
    return behind_it(c, p - drift * 0.9, 0.70, -0.35, 1.15, 0.10, 0.16, 0.85);
}
