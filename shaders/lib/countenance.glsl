// The fallen one's face: lids, brows, lips, blood beneath the skin, the ground of her hair. Places are
// in head space, centimetres (models/people/sleeper.py); `grain` is of a pixel, metres.
#pragma once
#pragma include "light.glsl"
#pragma include "bump.glsl"
#pragma include "noise.glsl"

// Hair on the skull at head space in centimetres: how much of the skin it covers, 0 to 1: a soft
// ground for the single hairs that are laid over it (models/people/wisps.py). The line is that of
// `before_hair` in models/people/sleeper.py.
float grown(vec3 h) {
    vec3 away = normalize(h - vec3(0.0, -0.8, 2.0));
    float front = 0.80 * away.y - 0.75 * away.z - 0.12 - 0.20 * away.x * away.x;
    if (front > 0.55) return 0.0;
    float turn = atan(h.x, h.z + 2.0);
    float edge = front + 0.045 * sin(5.0 * turn + 0.7) + 0.030 * sin(13.0 * turn) + 0.05 * (value_noise(h * 1.9) - 0.5);
    float cover = 0.80 * (1.0 - smoothstep(0.16, 0.36, edge)) + 0.20 * (1.0 - smoothstep(0.24, 0.50, edge));
    float ear = smoothstep(5.6, 6.1, abs(h.x)) * (1.0 - smoothstep(0.85, 1.35, length(vec2(h.y + 0.75, h.z + 0.6) / vec2(1.75, 2.6))));
    return cover * smoothstep(-7.5, -4.0, h.z + 0.6 * (2.0 - h.y)) * (1.0 - ear) * (1.0 - smoothstep(0.6, 2.0, -h.z) * smoothstep(4.6, 5.4, abs(h.x)));
}

// The brow's hairs, 0 to 1: they rise at its inner end and lie down towards the temple.
float brow(vec3 h) {
    float x = abs(h.x) - 1.0, u = clamp(x / 3.9, 0.0, 1.0);
    float arch = h.z - (1.70 + 2.35 * u - 2.25 * u * u);
    float thick = 0.38 * (1.0 - 0.55 * u);
    // Where a hair grows from, along the brow.
    float root = x - arch * mix(0.4, 3.2, smoothstep(0.0, 1.9, x));
    float one = value_noise(vec3(root * 8.5, arch * 1.6, 5.0));
    float two = value_noise(vec3(root * 14.0 + 3.0, arch * 2.4, 8.0));
    // Each hair ends at its own height, so that the brow has no edge.
    float high = abs(arch) / thick + 0.9 * (one - 0.5) + 0.7 * (two - 0.5);
    float ends = smoothstep(-0.30, 0.9, x + 0.5 * (one - 0.5)) * (1.0 - smoothstep(2.5, 4.2, x + 0.8 * (two - 0.5)));
    float shape = (1.0 - smoothstep(0.45, 1.50, high)) * ends;
    return shape * (0.38 + 0.85 * smoothstep(0.35, 0.70, 0.5 * one + 0.5 * two)) * step(4.5, h.y);
}

// 1 on the lips: `h` in head space.
float lips(vec3 h) {
    float x = abs(h.x);
    float line = -6.15 - 0.046 * x * x;
    float bow = 0.10 * exp(-pow((x - 0.55) / 0.42, 2.0)) - 0.10 * exp(-pow(x / 0.25, 2.0));
    float tall = h.z > line ? 0.56 + bow : 0.80;
    tall *= sqrt(max(1.0 - x * x / 4.9, 0.0));
    return (1.0 - smoothstep(-0.34, 0.20, abs(h.z - line) - tall)) * (1.0 - smoothstep(1.65, 2.35, x)) * smoothstep(6.4, 7.2, h.y);
}

// Shut lids go over into the face: a soft shade in the fold above, blood that shows the nearer the
// lashes; the dark line of their roots is the strongest, and the last to go where she is far.
void lids(inout vec3 c, inout Surface s, vec3 h, float x, float near_eye, float grain) {
    // Where shut lids meet: the lower margin of models/people/sleeper.py.
    float t = (x - 3.08) / 1.42, arch = max(1.0 - t * t, 0.0), pixel = 70.0 * grain;
    float close = 1.0 - smoothstep(0.05, 0.12, pixel);
    float above = h.z - (0.02 + 0.10 * t + 0.74 * pow(arch, 0.75));
    float fold = exp(-pow((above - 0.04) / (above > 0.04 ? 0.34 : 0.18), 2.0)) * smoothstep(0.0, 0.75, arch);
    c *= mix(vec3(1.0), vec3(0.66, 0.56, 0.64), 0.34 * fold);
    float meet = h.z - (-0.06 + 0.13 * t - 0.43 * arch);
    float on = smoothstep(-0.06, 0.02, meet) * (1.0 - smoothstep(0.0, 1.15, meet)) * smoothstep(0.0, 0.6, arch);
    c *= mix(vec3(1.0), vec3(0.80, 0.66, 0.72), 0.45 * on);
    vec3 branch = vec3(2.1 * h.x + 1.3 * h.z, 2.2 * h.z - 0.9 * h.x, 3.3) + 0.8 * value_noise(h * 1.7);
    float vein = 1.0 - abs(2.0 * value_noise(1.7 * branch) - 1.0);
    c = mix(c, srgb(0x7A6C94), 0.12 * close * on * smoothstep(0.80, 1.0, vein));
    float ends = 1.0 - smoothstep(0.88, 1.06, abs(t));
    float lash = exp(-pow((meet - 0.02) / (0.038 + 0.50 * pixel), 2.0)) * ends;
    // The margins are a little red with weeping.
    c *= mix(vec3(1.0), vec3(0.92, 0.66, 0.68), 0.20 * close * exp(-pow((meet + 0.12) / 0.16, 2.0)) * ends);
    c = mix(c, srgb(0x33211F), mix(0.85, 0.50, close) * lash);
    s.thin *= (1.0 - 0.7 * near_eye) * (1.0 - lash);
    s.ao *= 1.0 - 0.9 * lash;
    s.roughness = mix(s.roughness, 0.90, lash);
    // Rime: grains that have settled where tears were, from the corners outwards.
    float rime = smoothstep(0.62, 0.85, value_noise(h * 17.0)) * smoothstep(0.5, 1.0, abs(t)) * near_eye;
    c = mix(c, srgb(0xDDE2EE), 0.14 * rime);
    s.roughness = mix(s.roughness, 0.25, 0.6 * rime);
}

// How much of a light from above the crown comes to a place on the face, 0 to 1: brow, nose, lower
// lip and cheekbone stand before it, softly.
float unshaded(vec3 h) {
    float x = abs(h.x);
    vec2 socket = vec2(x - 2.35, h.z - 0.75) * vec2(0.42, 0.85);
    vec2 nose = vec2(x, h.z + 4.95) * vec2(0.62, 0.95), lip = vec2(x, h.z + 7.75) * vec2(0.52, 1.35);
    vec2 hollow = vec2(x - 4.7, h.z + 5.0) * vec2(0.50, 0.42);
    float before = 0.26 * exp(-dot(socket, socket)) + 0.30 * exp(-dot(nose, nose)) + 0.22 * exp(-dot(lip, lip)) + 0.20 * exp(-dot(hollow, hollow));
    return 1.0 - before * smoothstep(3.0, 5.5, h.y);
}

// Lips: no line about them; they are darker to where they meet, and creased across.
vec3 mouth(vec3 c, inout Surface s, vec3 h, vec3 point, float fine) {
    float x = abs(h.x), on = lips(h), down = h.z + 6.15 + 0.046 * x * x;
    float bent = h.x * (1.0 + 0.10 * down) + 0.05 * value_noise(vec3(h.x * 3.0, h.z * 4.0, 1.0));
    float lined = 0.6 * value_noise(vec3(bent * 8.5, down * 1.1, 2.0)) + 0.4 * value_noise(vec3(bent * 17.0, down * 1.8, 6.0));
    float meets = (1.0 - smoothstep(1.2, 2.2, x)) * step(6.6, h.y);
    float seam = exp(-down * down / 0.0026) * meets, near = exp(-down * down / 0.050) * meets;
    vec3 red = mix(srgb(0xA98794), srgb(0xC08084), 0.8 * S_roots) * (0.86 + 0.22 * lined);
    c = mix(c, red, 0.74 * on);
    c *= mix(vec3(1.0), vec3(0.62, 0.40, 0.44), 0.50 * near) * (1.0 - 0.62 * seam);
    s.normal = bumped(s.normal, point, 0.00011 * on * fine * lined);
    s.roughness = mix(s.roughness, 0.36 + 0.16 * (lined - 0.5), on);
    s.ao *= 1.0 - 0.45 * seam;
    // The corner is a soft dimple.
    vec2 corner = vec2(x - 2.2, h.z + 6.4);
    s.ao = mix(s.ao, max(s.ao, 0.62), exp(-dot(corner, corner) * 4.0));
    return c;
}

vec3 face(vec3 bare, inout Surface s, vec3 h, vec3 point, float grain) {
    vec3 c = bare;
    float x = abs(h.x), fine = 1.0 - smoothstep(0.0006, 0.0016, grain);
    // Blood and pigment never lie evenly.
    float blotch = value_noise(h * vec3(0.62, 0.62, 0.50) + 31.0), mottled = value_noise(h * 1.9 + 11.0);
    c *= mix(vec3(1.04, 1.03, 1.01), vec3(0.97, 0.87, 0.88), blotch) * mix(vec3(1.02), vec3(0.98, 0.93, 0.93), mottled);
    // In the shell of an ear flesh lights itself.
    vec3 shell = vec3(x - 6.7, h.y + 0.1, 0.62 * (h.z + 1.7));
    float within = exp(-0.34 * dot(shell, shell));
    vec3 concha = vec3(x - 6.0, h.y + 0.3, 0.8 * (h.z + 2.4));
    within = max(within, exp(-0.30 * dot(concha, concha)) * smoothstep(3.6, 4.8, x));
    float pit = 1.0 - smoothstep(0.10, 0.45, s.ao);
    s.ao = mix(s.ao, max(s.ao, 0.50), within);
    c *= mix(vec3(1.0), vec3(1.0, 0.74, 0.70), 0.8 * within);
    s.glow += c * sky_light(vec3(0.0, 0.0, 1.0)) * mix(vec3(0.30, 0.18, 0.16), vec3(1.5, 0.80, 0.72), pit) * within * smoothstep(3.6, 4.8, x);
    float pores = 0.5;
    if (h.y > 1.0 && fine > 0.0) {
        pores = 0.55 * value_noise(h * 11.0) + 0.45 * value_noise(h * 5.2);
        c *= 1.0 + 0.10 * fine * (pores - 0.5);
    }
    // All of this is the face's, and goes over into the neck without a line.
    c = mix(bare, c, smoothstep(-11.0, -7.5, h.z + 0.35 * h.y - 1.5));
    if (h.y > 3.0) {
        // As painters have it: a brow of bone is sallow, the middle ruddy, the jaw cool.
        float ruddy = smoothstep(-5.2, -3.4, h.z) * (1.0 - smoothstep(-0.6, 1.6, h.z));
        c *= mix(mix(vec3(0.97, 0.98, 1.01), vec3(1.02, 1.01, 0.95), smoothstep(-3.0, 3.0, h.z)), vec3(1.03, 0.94, 0.93), ruddy);
        // Lids and the hollows about them are a little bruised with weeping and cold.
        vec2 rim = vec2(x - 3.05, h.z + 0.15), cheek = vec2(x - 4.3, h.z + 2.9);
        vec3 tip = h - vec3(0.0, 9.8, -3.0);
        c = mix(c, srgb(0xB5929A), 0.38 * exp(-dot(rim * vec2(0.40, 0.75), rim)) * smoothstep(4.5, 6.5, h.y));
        float near_eye = exp(-dot(rim * vec2(0.42, 0.62), rim)) * smoothstep(5.0, 6.2, h.y);
        if (near_eye > 0.05) lids(c, s, h, x, near_eye, grain);
        float on_lips = lips(h);
        s.normal = bumped(s.normal, point, 0.00010 * fine * pores * (1.0 - on_lips));
        s.roughness += 0.22 * fine * (pores - 0.5);
        // Nose and brow are a little oily.
        s.roughness -= 0.09 * exp(-0.30 * h.x * h.x) * smoothstep(5.5, 8.0, h.y);
        // With the roots of light a little warmth comes back.
        float flush = exp(-dot(cheek, cheek) * 0.16) * smoothstep(3.0, 6.0, h.y) * (0.6 + 0.8 * blotch);
        c = mix(c, mix(srgb(0xC0A3B4), srgb(0xD89890), S_roots), 0.36 * exp(-dot(tip, tip) * 0.45));
        c = mix(c, mix(srgb(0xC3AAB9), srgb(0xDC968C), S_roots), (0.30 + 0.26 * S_roots) * flush);
        // No light comes into a nostril, nor through it.
        vec3 hole = (vec3(x, h.yz) - vec3(0.52, 8.85, -3.80)) * vec3(2.9, 1.7, 3.2);
        float dark = exp(-pow(dot(hole, hole), 1.5));
        c *= mix(vec3(1.0), vec3(0.30, 0.17, 0.17), dark);
        s.ao *= 1.0 - 0.85 * dark;
        s.thin *= 1.0 - dark;
        if (h.z < -4.0) {
            c = mouth(c, s, h, point, fine);
        } else if (h.z > 0.8) {
            c = mix(c, srgb(0x5A4A48), mix(0.36, 0.85, smoothstep(0.0006, 0.0013, grain)) * clamp(brow(h), 0.0, 1.0));
        }
    }
    float hair = grown(h);
    if (hair > 0.0) {
        c = mix(c, mix(srgb(0x8A6A5E), srgb(0x3E2B26), smoothstep(0.10, 0.75, hair)), 0.96 * hair);
        s.thin *= 1.0 - hair;
        s.roughness = mix(s.roughness, 0.95, hair);
        s.ao *= 1.0 - 0.30 * hair;
    }
    return c;
}
