// Skin, tears, eyes and dyed cloth of a mourner. Places are head space, centimetres; `seed` is the
// person's own.
#pragma once
#pragma include "light.glsl"

// How wet the skin is at a place in head space, centimetres: a track from each eye, wandering
// down the cheek, with slow drops on it.
float wet(vec3 h, float seed) {
    float side = h.x < 0.0 ? -1.0 : 1.0;
    float down = (-h.z - 0.9) / 8.0;
    float fork = 0.35 * sin(down * 7.0 + seed * 31.0 + side) + 0.14 * sin(down * 19.0 + seed * 57.0);
    float inner = 2.15 + 0.55 * sin(down * 2.6) + fork * (0.4 + down);
    float outer = 3.75 + 0.35 * down + 0.22 * sin(down * 9.0 + seed * 83.0);
    float width = 0.15 + 0.06 * sin(down * 13.0 + seed * 17.0);
    float x = abs(h.x);
    float one = (1.0 - smoothstep(width * 0.25, width, abs(x - inner))) * (1.0 - smoothstep(0.85, 1.05, down));
    float two = (1.0 - smoothstep(0.05, width * 0.8, abs(x - outer))) * (1.0 - smoothstep(0.55, 0.78, down))
        * step(0.35, fract(seed * 13.7 + side * 0.21));
    float slide = fract(S_breath * 0.045 + seed * 3.0 + side * 0.27);
    vec2 drop = vec2(x - inner, (down - slide * slide) * 8.0);
    float bead = (1.0 - smoothstep(0.12, 0.42, length(drop * vec2(1.0, 0.7))));
    float track = max(max(one, two) * 0.8, bead);
    return track * smoothstep(0.0, 0.06, down) * smoothstep(4.0, 6.0, h.y);
}

vec3 skin(inout Surface s, vec3 h, float seed, float moist) {
    vec3 c = mix(srgb(0x8C7A78), srgb(0xB59C90), 0.25 + 0.6 * fract(seed * 5.3));
    float flush = exp(-dot((h - vec3(0.0, 10.5, -3.2)) * vec3(0.5, 0.5, 0.6), (h - vec3(0.0, 10.5, -3.2))));
    vec2 rim = vec2(abs(h.x) - 3.1, h.z + 0.3);
    flush = max(flush, 0.8 * exp(-dot(rim * vec2(0.5, 0.75), rim)));
    c = mix(c, c * vec3(1.10, 0.72, 0.72), 0.55 * flush);
    vec2 mouth = vec2(h.x * 0.42, (h.z + 6.45) * 1.25);
    float lips = exp(-dot(mouth, mouth) * 1.6) * smoothstep(7.0, 8.6, h.y);
    c = mix(c, c * vec3(0.92, 0.66, 0.68), 0.7 * lips);
    vec2 arch = vec2(abs(h.x) - 3.0, h.z - 1.95 + 0.09 * (abs(h.x) - 2.4) * (abs(h.x) - 2.4));
    float hair = exp(-pow(arch.y / 0.28, 2.0)) * (1.0 - smoothstep(1.6, 2.5, abs(arch.x))) * step(5.0, h.y);
    c *= 1.0 - 0.55 * hair * (0.8 + 0.2 * value_noise(h * vec3(14.0, 9.0, 5.0)));
    float pores = value_noise(h * 11.0) * 0.6 + value_noise(h * 3.1) * 0.4;
    c *= 0.90 + 0.2 * pores;
    s.roughness = mix(0.52 + 0.1 * pores, 0.13, moist);
    s.thin = 0.16;
    // Behind the cheeks the coif and the hood keep the light away.
    c *= 0.84 * mix(0.12, 1.0, smoothstep(0.5, 5.0, h.y)) * mix(0.3, 1.0, smoothstep(-13.5, -10.5, h.z));
    return c * (1.0 - 0.10 * moist);
}

// Hands: skin that work has reddened at the knuckles.
vec3 bare(inout Surface s, vec3 h, float seed) {
    vec3 c = mix(srgb(0x8C7A78), srgb(0xB59C90), 0.25 + 0.6 * fract(seed * 5.3)) * 0.80;
    float blotch = value_noise(h * 0.9), pores = value_noise(h * 9.0);
    c = mix(c, c * vec3(1.08, 0.80, 0.76), smoothstep(0.35, 0.8, blotch));
    s.roughness = 0.55 + 0.1 * pores;
    s.thin = 0.18;
    return c * (0.9 + 0.2 * pores);
}

vec3 eyeball(inout Surface s, vec3 h, float look) {
    vec3 centre = vec3(h.x < 0.0 ? -3.12 : 3.12, 6.5, 0.0);
    vec3 d = normalize(h - centre);
    vec3 gaze = normalize(mix(vec3(0.0, 0.90, -0.42), vec3(0.0, 1.0, 0.02), look));
    float off = acos(clamp(dot(d, gaze), -1.0, 1.0));
    vec3 white = srgb(0xA8948F) * (1.0 - 0.3 * value_noise(h * 9.0));
    vec3 iris = mix(srgb(0x2A2426), srgb(0x4A4038), smoothstep(0.18, 0.42, off));
    vec3 c = mix(iris, white, smoothstep(0.46, 0.52, off));
    s.roughness = 0.07;
    return mix(vec3(0.006), c, smoothstep(0.17, 0.21, off));
}

// Gown and veil are of other cloth than the mantle: older, greyer, each person's own.
vec3 dyed(vec3 mantle, float garment, float seed) {
    float one = fract(seed * 23.7), two = fract(seed * 71.3);
    if (garment < 0.06) return mix(mantle, mix(srgb(0x3A3230), srgb(0x2C2A3A), one) * (0.7 + 0.9 * two), 0.72);
    if (garment < 0.19) return mantle;
    vec3 linen = mix(srgb(0x48424A), srgb(0x5A4E4A), one);
    return mix(mantle * (0.72 + 0.4 * two), linen, smoothstep(0.55, 0.75, two) * 0.85);
}
