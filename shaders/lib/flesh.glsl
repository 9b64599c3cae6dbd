// Skin, hair, eyes and tears of a mourner, and the light in skin. Places are on the calm head,
// centimetres (models/face.py); `seed` is the person's own.
#pragma once
#pragma include "light.glsl"
#pragma include "mourner.glsl"

const float EYE_ASIDE = 3.12, EYE_AHEAD = 6.5, EYE_RADIUS = 1.28;
const float IRIS = 0.43, PUPIL = 0.17;      // radians about the gaze
const vec3 BLEEDS = vec3(0.30, 0.13, 0.08);  // how far light wraps in flesh: red the furthest

// The way that a tear runs from the inner and from the outer corner: how far aside at a height.
float inner_track(float z, float own) {
    float down = -z;
    float x = mix(1.85, 2.25, smoothstep(0.3, 2.2, down));
    x += mix(0.0, 0.95, smoothstep(2.4, 6.0, down)) - 0.35 * smoothstep(6.4, 9.0, down);
    return x + (0.11 * sin(down * 1.1 + own * 31.0) + 0.05 * sin(down * 3.7 + own * 57.0)) * smoothstep(0.6, 2.5, down);
}

float outer_track(float z, float own) {
    float down = -z;
    float x = 4.15 - 0.30 * smoothstep(0.4, 3.0, down) + 0.35 * smoothstep(3.0, 7.0, down);
    return x + 0.14 * sin(down * 1.3 + own * 83.0) + 0.04 * sin(down * 5.3 + own * 23.0);
}

// How high water stands on the skin, 0 to 1: a track from each corner of both eyes, with drops
// that gather, hang and run. No track is thinner than `grain`, which is of a pixel.
float wet(vec3 h, float seed, float grain) {
    if (h.z > -0.35 || h.z < -10.6 || h.y < 3.5) return 0.0;
    float side = h.x < 0.0 ? 0.37 : 0.0, x = abs(h.x);
    float own = fract(seed * 3.71 + side), other = fract(seed * 9.13 + side);
    float length_in = mix(6.5, 10.0, own), length_out = mix(2.0, 7.5, other);
    float down = -h.z;
    float thin = max(0.075 + 0.025 * sin(down * 2.3 + own * 40.0), grain);
    float a = abs(x - inner_track(h.z, own)) / thin, b = abs(x - outer_track(h.z, other)) / (0.85 * thin);
    float one = exp(-a * a) * (1.0 - smoothstep(length_in - 0.6, length_in, down));
    float two = exp(-b * b) * (1.0 - smoothstep(length_out - 0.6, length_out, down)) * step(0.3, other);
    // A drop waits at the lid, then runs, slower as it spends itself.
    float run = fract(S_breath * 0.055 + own), fell = smoothstep(0.35, 1.0, run);
    float at = 0.5 + (length_in - 0.5) * fell * (2.0 - fell);
    vec2 drop = vec2(x - inner_track(-at, own), (down - at) * (down < at ? 0.45 : 1.0)) / max(0.20, 1.5 * grain);
    float bead = exp(-dot(drop, drop)) * (1.0 - smoothstep(0.93, 1.0, run)) * smoothstep(0.0, 0.15, run);
    return max(max(0.62 * one, 0.55 * two), bead) * smoothstep(0.35, 0.75, down);
}

// Bare skin: its colour, and how rough it is.
vec3 skin(inout Surface s, vec3 h, vec4 who, float seed, float fine) {
    float pale = clamp(0.30 + 0.35 * who.z + 0.5 * (fract(seed * 5.3) - 0.3), 0.0, 1.0);
    vec3 c = mix(srgb(0x9A8580), srgb(0xC2AAA0), pale) * 0.92;
    vec3 ruddy = vec3(1.07, 0.72, 0.70);
    vec3 tip = (h - vec3(0.0, 10.3, -3.5)) * vec3(0.7, 0.5, 0.9);
    vec2 rim = vec2(abs(h.x) - 3.1, h.z + 0.45) * vec2(0.5, 0.95);
    vec2 cheek = vec2(abs(h.x) - 4.0, h.z + 3.3) * vec2(0.55, 0.55);
    float flush = max(0.7 * exp(-dot(tip, tip)), 0.9 * exp(-dot(rim, rim)));
    flush = max(flush, 0.35 * exp(-dot(cheek, cheek)));
    c *= mix(vec3(1.0), ruddy, 0.55 * flush);
    vec2 mouth = vec2(h.x * 0.46, (h.z + 6.42) * 1.55);
    float lips = exp(-pow(dot(mouth, mouth), 2.0)) * smoothstep(7.2, 8.3, h.y);
    c *= mix(vec3(1.0), vec3(0.80, 0.48, 0.50), 0.9 * lips);
    float meet = (h.z + 6.38) / 0.11;  // where the lips do
    c *= 1.0 - 0.42 * exp(-meet * meet) * (1.0 - smoothstep(1.5, 2.3, abs(h.x))) * step(7.0, h.y);
    // Brows: hairs that lie outward along an arch.
    float x = abs(h.x);
    vec2 arch = vec2(x - 3.0, h.z - 2.15 + 0.085 * (x - 2.5) * (x - 2.5));
    float brow = exp(-pow(arch.y / mix(0.34, 0.24, who.z), 2.0)) * (1.0 - smoothstep(1.7, 2.5, abs(arch.x))) * step(4.0, h.y);
    float hairs = value_noise(vec3(x * 2.2 + arch.y * 3.0, arch.y * 15.0 - x * 2.5, 4.0));
    c = mix(c, hair_colour(who, seed) * 0.9, brow * mix(0.5, 0.30 + 0.45 * hairs, fine));
    float blotch = value_noise(h * 0.55 + seed * 31.0);
    c *= mix(vec3(1.0), vec3(1.04, 0.90, 0.88), 0.7 * blotch);
    float pores = 0.5;
    if (fine > 0.0) {
        pores = mix(0.5, 0.6 * value_noise(h * 16.0) + 0.4 * value_noise(h * 7.0), fine);
        c *= 0.94 + 0.12 * pores;
    }
    s.roughness = 0.50 + 0.12 * pores - 0.10 * lips;
    return c;
}

// How ragged a hairline is, centimetres: single locks, that fall on a man's forehead and are
// combed along the hairline by a woman.
float fringe(vec3 h, float woman) {
    float fallen = value_noise(vec3(h.x * 7.0, h.z * 1.1, h.y)) + 0.5 * value_noise(vec3(h.x * 17.0, h.z * 1.7, 3.0));
    float combed = value_noise(h * vec3(5.0, 3.0, 3.0)) + 0.5 * value_noise(h * vec3(13.0, 9.0, 9.0));
    return mix(0.9 * (fallen - 0.75), 0.45 * (combed - 0.75), step(0.5, woman));
}

// A normal tilted by a height in metres, whose slope neighbouring pixels tell (Mikkelsen 2010).
vec3 bumped(vec3 n, vec3 point, float height) {
    vec3 right = dFdx(point), up = dFdy(point);
    vec3 a = cross(up, n), b = cross(n, right);
    float area = dot(right, a);
    vec3 bent = abs(area) * n - sign(area) * (dFdx(height) * a + dFdy(height) * b);
    return dot(bent, bent) > 0.0 ? normalize(bent) : n;  // a facet seen along its edge has no slope
}

// What grows on the head, or the linen about it: dark, so that the face is the lightest thing.
vec3 covering(inout Surface s, vec3 h, vec3 point, vec4 who, vec3 robe, float behind, float seed, float fine) {
    if (who.x > 0.5) {
        // Wound about the head: creases run along its edge, and a hem is turned in.
        float crease = value_noise(vec3(behind * 1.5 + seed * 7.0, 0.22 * h.x, 0.22 * h.z + seed));
        crease += 0.5 * value_noise(vec3(behind * 3.7, 0.4 * h.x, 0.4 * h.z));
        float hem = smoothstep(0.55, 0.62, behind) * (1.0 - smoothstep(0.66, 0.75, behind));
        s.normal = bumped(s.normal, point, 0.0030 * crease - 0.0004 * hem);
        float thread = mix(0.5, value_noise(vec3(h.x * 14.0, h.y * 3.0, h.z * 14.0)), fine);
        s.roughness = 0.88;
        return mix(srgb(0x544C50), luminance(robe) * vec3(2.2, 2.1, 2.2), 0.45) * (0.75 + 0.25 * thread + 0.15 * crease) * (1.0 - 0.3 * hem);
    }
    // A woman's is combed along the hairline; a man's, and a beard, falls.
    vec3 way = who.z > 0.5 ? vec3(behind * 9.0, 0.8 * h.z + 0.5 * h.y, 0.7 * h.x) : vec3(h.x * 8.0, 0.7 * h.z, 1.2 * h.y);
    float strand = value_noise(way + seed * 9.0);
    float lock = value_noise(way * vec3(0.3, 0.5, 0.5) + seed * 5.0);
    s.normal = normalize(s.normal + 0.25 * fine * (strand - 0.5));
    s.roughness = 0.55;
    return hair_colour(who, seed) * (0.55 + 0.55 * strand + 0.45 * lock);
}

// White, iris and pupil, darkened under the upper lid.
vec3 eyeball(inout Surface s, vec3 h, vec4 eyes, float seed) {
    vec3 d = normalize(h - vec3(h.x < 0.0 ? -EYE_ASIDE : EYE_ASIDE, EYE_AHEAD, 0.0));
    float off = acos(clamp(dot(d, eyes.yzw), -1.0, 1.0));
    float lifted = atan(d.z, d.y);
    float turn = atan(d.x - eyes.y, d.z - eyes.w);
    float rays = value_noise(vec3(turn * 6.0, off * 9.0, 1.0));
    vec3 white = srgb(0xC4B4AE) * mix(vec3(1.0), vec3(1.0, 0.82, 0.80), smoothstep(0.5, 1.0, off));
    float own = fract(seed * 41.3);
    vec3 stain = own < 0.4 ? srgb(0x4E3A2C) : own < 0.7 ? srgb(0x66707A) : srgb(0x5C5A48);
    vec3 iris = stain * (0.55 + 0.75 * rays) * mix(1.25, 0.35, smoothstep(0.62 * IRIS, IRIS, off));
    vec3 c = mix(iris, white, smoothstep(IRIS - 0.03, IRIS + 0.04, off));
    c = mix(vec3(0.004), c, smoothstep(PUPIL - 0.03, PUPIL + 0.03, off));
    c = mix(c, srgb(0x9A6660), smoothstep(0.86, 0.97, abs(d.x)));  // the flesh in the corners
    s.roughness = 0.08;
    s.ao *= mix(0.35, 1.0, smoothstep(0.0, 0.30, eyes.x - lifted)) * (1.0 - 0.45 * smoothstep(0.8, 1.15, abs(d.x)));
    return c;
}

// What comes in by the hood's opening: what looks out of it (`front`) is lightest, and the sunlit
// stone below throws some of the sun's light up.
vec3 hood_light(vec3 n, float front, float ao) {
    vec3 shade = pow(vec3(max(ao, 0.0)), vec3(0.95, 1.15, 1.2)) * mix(0.30, 1.35, smoothstep(-0.2, 1.0, front));
    vec3 stone = SUN_LIGHT * S_lit * 0.045 * (0.62 - 0.38 * n.z);
    return (sky_light(n) + stone) * shade;
}

// Light on flesh: the sun goes in and comes out redder beside where it went in.
vec3 flesh_light(Surface s, vec3 point, vec3 from, float open_) {
    vec3 v = normalize(from - point), n = s.normal;
    float facing = dot(n, SUN_DIR);
    // The map is too coarse for a nostril: what sees little sky sees no sun.
    float seen = sunlight(point, n) * smoothstep(0.12, 0.45, s.ao);
    vec3 front = max((vec3(facing) + BLEEDS) / (1.0 + BLEEDS), 0.0);
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * (1.0 - 0.75 * S_sky_light);
    float nv = max(dot(n, v), 1e-3);
    vec2 back = sent_back(nv, s.roughness);
    vec3 c = s.albedo * (1.0 - back.x) * (sun * seen * front / PI + hood_light(n, open_, s.ao));
    c += sun * seen * min(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y, 3.0);
    c += sky_gradient(reflect(-v, n)) * back.x * s.ao * 0.6;
    return c + near_light(s, point, v, 0.3, 0.70 * (1.0 - back.x), back.y) + s.glow;
}
