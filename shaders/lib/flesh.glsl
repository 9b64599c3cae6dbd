// Skin, hair, eyes and tears of a mourner, and the light in skin. Places are on the calm head,
// centimetres (models/people/face.py); `seed` is the person's own.
#pragma once
#pragma include "light.glsl"
#pragma include "mourner.glsl"

const float EYE_ASIDE = 3.12, EYE_AHEAD = 6.5, EYE_RADIUS = 1.28;
const float IRIS = 0.43, PUPIL = 0.17;      // radians about the gaze
const vec3 BLEEDS = vec3(0.24, 0.115, 0.080);  // how far light wraps in flesh: red the furthest

const vec3 AWED = vec3(1.90, 1.20, 0.93);  // the orb's light on a face: eyes take it for white, so that skin is skin
const float PALE = 0.60;  // of the sun's crimson that the eye takes for the light's own on a face

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

// Water on the skin: how high it stands, 0 to 1; how far aside on its thread, -1 to 1 from the
// person's left flank to the right one; how wet the skin about it is; and how much of it is a drop.
// `dome`: where on the nearest drop, right and down of its middle, 1 at its edge.
struct Tear { float height, aside, halo, bead; vec2 dome; };

// A track from each corner of both eyes, with drops that gather, hang and run, and a bead where the
// track ends. No track is thinner than `grain`, which is of a pixel; what is drawn wider stands lower.
Tear wet(vec3 h, float seed, float grain) {
    if (h.z > -0.35 || h.z < -10.6 || h.y < 3.5) return Tear(0.0, 0.0, 0.0, 0.0, vec2(0.0));
    float way = h.x < 0.0 ? -1.0 : 1.0, side = h.x < 0.0 ? 0.37 : 0.0, x = abs(h.x);
    float own = fract(seed * 3.71 + side), other = fract(seed * 9.13 + side);
    float length_in = mix(6.5, 10.0, own), length_out = mix(2.0, 7.5, other);
    float down = -h.z;
    // The thread swells and starves on its way, and what flows in it goes by as slow beads.
    float swell = sin(down * 2.3 + own * 40.0) + 0.6 * sin(down * 6.1 - S_breath * 0.9 + own * 17.0);
    float is = (0.088 + 0.030 * swell) * mix(1.25, 0.75, smoothstep(1.0, length_in, down)), thin = max(is, grain);
    float a = (x - inner_track(h.z, own)) / thin, b = (x - outer_track(h.z, other)) / (0.70 * thin);
    float begun = smoothstep(0.35, 0.75, down);
    float here = (1.0 - 0.7 * smoothstep(0.5 * length_in, length_in, down)) * step(down, length_in) * begun;
    float there = (1.0 - smoothstep(0.35 * length_out, length_out, down)) * begun * step(0.3, other);
    float one = exp(-a * a) * here, two = 0.8 * exp(-b * b) * there;
    // A drop waits at the lid, then runs, slower as it spends itself; an older one hangs at the end.
    float run = fract(S_breath * 0.055 + own), fell = smoothstep(0.35, 1.0, run);
    float at = 0.5 + (length_in - 0.5) * fell * (2.0 - fell);
    float big = max(0.26, 1.3 * grain);
    vec2 drop = vec2(x - inner_track(-at, own), (down - at) * (down < at ? 0.40 : 1.0)) / big;
    vec2 hung = vec2(x - inner_track(-length_in, own), (down - length_in) * (down < length_in ? 0.55 : 1.0)) / (0.9 * big);
    float runs = exp(-dot(drop, drop)) * (1.0 - smoothstep(0.93, 1.0, run)) * smoothstep(0.0, 0.15, run);
    float bead = max(runs, 0.80 * exp(-dot(hung, hung)));
    float height = max(max(one, two), bead) * mix(0.4, 1.0, is / thin);
    float aside = bead > max(one, two) ? (runs > 0.80 * exp(-dot(hung, hung)) ? drop.x : hung.x) : (one > two ? a : b);
    float halo = max(exp(-a * a * thin * thin / 0.060) * here, 0.7 * exp(-b * b * thin * thin / 0.045) * there);
    vec2 dome = runs > 0.80 * exp(-dot(hung, hung)) ? drop : hung;
    return Tear(height, clamp(aside, -1.0, 1.0) * way, max(halo, bead), bead, dome * vec2(way, 1.0));
}

// Bare skin: its colour, how rough it is, and how high it stands between its pores, 0 to 1.
vec3 skin(inout Surface s, vec3 h, vec4 who, float seed, float fine, out float pores) {
    float pale = clamp(0.30 + 0.30 * who.z + 0.9 * (fract(seed * 5.3) - 0.45), 0.0, 1.0);
    vec3 c = mix(srgb(0x86736E), srgb(0xBDA9A2), pale) * 0.86;
    float x = abs(h.x);
    // Blood: at the tip of the nose, about wept-out eyes, on the cheeks in patches.
    vec3 ruddy = vec3(1.10, 0.62, 0.60);
    vec3 tip = (h - vec3(0.0, 10.3, -3.5)) * vec3(0.7, 0.5, 0.9);
    vec2 rim = vec2(x - 3.1, h.z + 0.45) * vec2(0.5, 0.95);
    vec2 cheek = vec2(x - 4.0, h.z + 3.3) * vec2(0.55, 0.55);
    float blotch = value_noise(h * vec3(0.62, 0.62, 0.5) + seed * 31.0);
    float mottled = value_noise(h * 1.9 + seed * 11.0);
    float flush = max(0.75 * exp(-dot(tip, tip)), 1.0 * exp(-dot(rim, rim)));
    flush = max(flush, 0.55 * exp(-dot(cheek, cheek)) * (0.4 + blotch));
    c *= mix(vec3(1.0), ruddy, mix(0.85, 0.35, S_awe) * flush);
    // Sockets that have not slept: dark and violet beside the nose, paler below.
    vec2 hollow = vec2(x - 2.3, h.z - 0.35) * vec2(0.62, 0.72), bag = vec2(x - 2.7, h.z + 1.75) * vec2(0.55, 1.3);
    float tired = max(exp(-dot(hollow, hollow)), 0.55 * exp(-dot(bag, bag))) * mix(0.75, 1.0, who.y) * step(4.5, h.y);
    c *= mix(vec3(1.0), vec3(0.60, 0.52, 0.60), mix(0.75, 0.62, S_awe) * tired);
    // Where bone lies close under it skin is sallow; the beard's shadow is blue.
    float bone = exp(-pow((h.z - 5.0) * 0.45, 2.0)) + 0.6 * exp(-pow((x - 5.0) * 0.8, 2.0) - pow((h.z + 2.3) * 0.8, 2.0));
    c *= mix(vec3(1.0), vec3(1.05, 1.03, 0.90), 0.6 * min(bone, 1.0));
    float jaw = (1.0 - who.z) * (1.0 - smoothstep(-6.5, -4.2, h.z)) * smoothstep(3.0, 6.0, h.y);
    c *= mix(vec3(1.0), vec3(0.80, 0.86, 0.95), 0.55 * jaw * (1.0 - 0.5 * who.y));
    vec2 mouth = vec2(h.x * 0.46, (h.z + 6.42) * 1.55);
    float lips = exp(-pow(dot(mouth, mouth), 2.0)) * smoothstep(7.2, 8.3, h.y);
    c *= mix(vec3(1.0), vec3(0.74, 0.44, 0.48), 0.9 * lips);
    float meet = (h.z + 6.38) / 0.11;  // where the lips do
    c *= 1.0 - 0.50 * exp(-meet * meet) * (1.0 - smoothstep(1.5, 2.3, x)) * step(7.0, h.y);
    // Brows: hairs that lie outward along an arch.
    vec2 arch = vec2(x - 3.0, h.z - 2.15 + 0.085 * (x - 2.5) * (x - 2.5));
    float brow = exp(-pow(arch.y / mix(0.36, 0.26, who.z), 2.0)) * (1.0 - smoothstep(1.7, 2.5, abs(arch.x))) * step(4.0, h.y);
    float hairs = value_noise(vec3(x * 2.2 + arch.y * 3.0, arch.y * 15.0 - x * 2.5, 4.0));
    c = mix(c, hair_colour(who, seed) * 0.8, brow * mix(0.62, 0.36 + 0.50 * hairs, fine));
    // Mottling: blood and pigment never lie evenly; age spots.
    c *= mix(vec3(1.05, 1.06, 1.06), vec3(0.99, 0.88, 0.88), blotch);
    c *= mix(vec3(1.04, 1.05, 1.05), vec3(0.97, 0.92, 0.93), mottled);
    c *= 1.0 - 0.30 * who.y * smoothstep(0.80, 0.92, value_noise(h * 1.35 + seed * 71.0));
    pores = 0.5;
    if (fine > 0.0) {
        pores = mix(0.5, value_noise(h * 15.0), fine);
        c *= 0.96 + 0.08 * pores;
    }
    // Brow and nose are oily; what is rubbed dry about the mouth is not.
    float oily = exp(-0.35 * h.x * h.x) * smoothstep(5.5, 8.0, h.y) * smoothstep(-4.3, -3.6, h.z) * (1.0 - smoothstep(2.5, 6.0, h.z));
    s.roughness = 0.54 + 0.16 * (pores - 0.5) + 0.10 * (mottled - 0.5) - 0.15 * oily - 0.06 * lips;
    return c;
}

// How high skin stands between its lines, centimetres: a brow that grief has drawn up for days, feet
// of crows, what sleeplessness folds beneath an eye; the old have all of it deeper.
float lines(vec3 h, vec4 who, float seed) {
    float x = abs(h.x), waver = value_noise(vec3(h.x * 0.7, h.z * 1.1, seed * 13.0));
    float brow = sin(7.5 * h.z + 2.6 * waver - 0.10 * x * x) * exp(-pow((h.z - 4.3) / 1.7, 2.0)) * (1.0 - smoothstep(2.5, 4.8, x));
    vec2 corner = vec2(x - 4.1, h.z + 0.1);
    float crow = sin(9.0 * atan(corner.y, corner.x) + 3.0 * waver) * smoothstep(0.3, 0.8, corner.x) * exp(-dot(corner, corner) * 0.45);
    float under = sin(8.5 * (h.z + 0.13 * (x - 2.8) * (x - 2.8)) + 2.0 * waver) * exp(-pow((h.z + 1.55) / 0.6, 2.0) - pow((x - 2.9) / 1.1, 2.0));
    float lips = sin(13.0 * h.x + 2.0 * waver) * exp(-pow((h.z + 6.4) / 0.55, 2.0)) * (1.0 - smoothstep(1.3, 2.2, x));
    float deep = mix(0.45, 1.25, who.y) * step(3.5, h.y);
    return deep * (0.016 * brow + 0.013 * crow + 0.012 * under) + 0.006 * lips * step(7.0, h.y);
}

// How ragged a hairline is, centimetres: single locks, that fall on a man's forehead and are
// combed along the hairline by a woman.
float fringe(vec3 h, float woman) {
    float fallen = value_noise(vec3(h.x * 7.0, h.z * 1.1, h.y)) + 0.5 * value_noise(vec3(h.x * 17.0, h.z * 1.7, 3.0));
    float combed = value_noise(h * vec3(5.0, 3.0, 3.0)) + 0.5 * value_noise(h * vec3(13.0, 9.0, 9.0));
    return mix(0.9 * (fallen - 0.75), 0.30 * (combed - 0.75), step(0.5, woman));
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
    vec3 white = 0.86 * srgb(0xC4B4AE) * mix(vec3(1.0), vec3(1.0, 0.66, 0.64), smoothstep(0.5, 0.95, off));
    float own = fract(seed * 41.3);
    vec3 stain = own < 0.4 ? srgb(0x4E3A2C) : own < 0.7 ? srgb(0x66707A) : srgb(0x5C5A48);
    vec3 iris = 0.50 * stain * (0.45 + 0.85 * rays) * mix(1.15, 0.16, smoothstep(0.66 * IRIS, IRIS, off));
    vec3 c = mix(iris, white, smoothstep(IRIS - 0.03, IRIS + 0.04, off));
    c = mix(vec3(0.004), c, smoothstep(PUPIL - 0.03, PUPIL + 0.03, off));
    c = mix(c, srgb(0x9A6660), smoothstep(0.86, 0.97, abs(d.x)));  // the flesh in the corners
    s.roughness = 0.08;
    s.ao *= mix(0.50, 1.0, smoothstep(0.0, 0.30, eyes.x - lifted)) * (1.0 - 0.45 * smoothstep(0.8, 1.15, abs(d.x)));
    return c;
}

// The window of light that makes an eye wet, 0 to 1: beside its gaze, to the right where the sun is
// there, and below the upper lid; never smaller than `grain`, centimetres of a pixel.
float catch_light(vec3 h, vec4 eyes, float sunward, float grain) {
    vec3 d = normalize(h - vec3(h.x < 0.0 ? -EYE_ASIDE : EYE_ASIDE, EYE_AHEAD, 0.0));
    vec3 at = normalize(vec3(eyes.y + 0.20 * sign(sunward), 1.0, min(eyes.w + 0.22, sin(eyes.x) - 0.12)));
    vec2 off = (d - at).xz / max(vec2(0.085, 0.065), 0.20 * grain);
    return exp(-dot(off, off) * dot(off, off));
}

// The share of the sun that the nose lets by to its own far wing, which the sun's map is too coarse
// for; `sunward` is the sun's share in the person's right.
float past_nose(vec3 h, float sunward) {
    vec2 wing = (vec2(abs(h.x), h.z) - vec2(1.30, -3.6)) / vec2(1.0, 1.5);
    return 1.0 - exp(-pow(dot(wing, wing), 2.0)) * smoothstep(7.0, 8.0, h.y) * smoothstep(0.0, 0.10, -sign(h.x) * sunward);
}

// How much of the light that comes in by the hood's opening comes to a place on a raised face: little
// to the brow, and less the further aside it lies.
float within_hood(vec3 h) {
    float brow = smoothstep(0.8, 5.5, h.z), side = smoothstep(2.6, 6.6, abs(h.x)), jaw = 1.0 - smoothstep(-11.0, -7.5, h.z);
    return (1.0 - 0.62 * brow) * (1.0 - 0.60 * side) * (1.0 - 0.4 * jaw);
}

// What comes in by the hood's opening: what looks out of it (`front`) is lightest, and the sunlit
// stone below throws some of the sun's light up.
vec3 hood_light(vec3 n, float front, float ao) {
    vec3 shade = pow(vec3(ao), vec3(1.15, 1.35, 1.35)) * mix(0.24, 2.45, smoothstep(-0.2, 1.0, front));
    vec3 stone = SUN_LIGHT * S_lit * 0.036 * max(0.50 - 0.62 * n.z, 0.0);
    // What turns from the opening has the violet of the shade within; warm is only what looks out.
    vec3 within = mix(vec3(0.72, 0.78, 1.06), vec3(1.0), smoothstep(0.10, 0.85, front * ao));
    return (sky_light(n) + stone) * within * shade;
}

// Light on flesh: the sun goes in and comes out redder beside where it went in, so that its edge is
// a warm band between the lit and the shaded side, which is cool.
vec3 flesh_light(Surface s, vec3 point, vec3 from, float open_, float free, float hooded) {
    vec3 v = normalize(from - point), n = s.normal;
    float facing = dot(n, SUN_DIR);
    // The map is too coarse for a nostril: what sees little sky sees no sun.
    float seen = sunlight(point, n) * smoothstep(0.18, 0.60, s.ao) * free;
    vec3 front = max((vec3(facing) + BLEEDS) / (1.0 + BLEEDS), 0.0);
    front *= mix(vec3(1.0), vec3(0.80, 1.0, 1.06), smoothstep(0.0, 0.5, facing));  // crimson light, but not crimson skin
    vec3 sun = mix(SUN_LIGHT, luminance(SUN_LIGHT) * vec3(1.10, 0.97, 0.92), PALE) * 1.75 * S_lit * (1.0 - 0.75 * S_sky_light);
    float nv = max(dot(n, v), 1e-3);
    vec2 back = sent_back(nv, s.roughness), oil = sent_back(nv, 0.62 * s.roughness);
    vec3 c = s.albedo * (1.0 - back.x) * (sun * seen * front / PI + hood_light(n, open_, s.ao) * hooded);
    float sheen = 0.8 * min(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y, 3.0);
    sheen += 0.2 * min(highlight(n, v, SUN_DIR, 0.62 * s.roughness, SUN_RADIUS) * oil.y, 3.0);
    c += sun * seen * sheen;
    c += sky_gradient(reflect(-v, n)) * back.x * s.ao * 0.6;
    // The orb is small and before them: what turns from it falls off, or faces would be flat masks.
    vec3 to_orb = u_orb - point;
    float away = length(to_orb), shaped = mix(0.10, 1.0, smoothstep(0.05, 0.98, dot(n, to_orb) / away));
    vec3 near = near_light(s, point, v, 0.3, 0.70 * (1.0 - back.x), back.y);
    // What it grazes is warmer: there the light has gone through blood.
    vec3 blood = mix(vec3(1.18, 0.84, 0.74), vec3(1.0), shaped * hooded);
    return c + near * AWED * blood * shaped * hooded * mix(1.2, 2.2, smoothstep(0.8, 5.0, away)) * mix(1.0, 0.62, smoothstep(5.0, 12.0, away)) + s.glow;
}
