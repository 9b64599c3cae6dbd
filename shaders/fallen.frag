#version 330
// Cold skin that light goes into, frosted eyes, a thin torn shift.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/bump.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_kind;
in vec3 v_weave;
uniform mat4 u_to_head;
out vec4 color;

// The last light of the sky gathers on her: soft, from above where the visitor stands.
const vec3 LAST_LIGHT = vec3(0.46, 0.41, 0.46);
const vec3 LAST_FROM = normalize(vec3(0.50, -0.42, 0.76));

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
    return cover * smoothstep(-7.5, -4.0, h.z + 0.6 * (2.0 - h.y));
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
    return (1.0 - smoothstep(-0.22, 0.12, abs(h.z - line) - tall)) * (1.0 - smoothstep(1.90, 2.25, x)) * smoothstep(6.4, 7.2, h.y);
}

// Shut lids go over into the face: a soft shade in the fold above, blood that shows the nearer the
// lashes; the dark line of their roots is the strongest, and the last to go where she is far.
void lids(inout vec3 c, inout Surface s, vec3 h, float x, float near_eye) {
    // Where shut lids meet: the lower margin of models/people/sleeper.py.
    float t = (x - 3.08) / 1.42, arch = max(1.0 - t * t, 0.0), pixel = 70.0 * length(fwidth(v_rest));
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
    float lash = exp(-pow((meet - 0.02) / (0.045 + 0.55 * pixel), 2.0)) * ends;
    // The margins are a little red with weeping.
    c *= mix(vec3(1.0), vec3(0.92, 0.66, 0.68), 0.20 * close * exp(-pow((meet + 0.12) / 0.16, 2.0)) * ends);
    c = mix(c, srgb(0x2A1B1C), 0.75 * lash);
    s.thin *= (1.0 - 0.7 * near_eye) * (1.0 - lash);
    s.ao *= 1.0 - 0.9 * lash;
    s.roughness = mix(s.roughness, 0.90, lash);
    // Rime: grains that have settled where tears were, from the corners outwards.
    float rime = smoothstep(0.62, 0.85, value_noise(h * 17.0)) * smoothstep(0.5, 1.0, abs(t)) * near_eye;
    c = mix(c, srgb(0xDDE2EE), 0.14 * rime);
    s.roughness = mix(s.roughness, 0.25, 0.6 * rime);
}

// A tear that stands in the inner corner: how high, centimetres.
float tear(vec3 h) {
    vec2 corner = vec2(abs(h.x) - 1.74, h.z + 0.20 + 0.10 * (abs(h.x) - 1.74)) * vec2(0.85, 1.25);
    float inside = max(1.0 - dot(corner, corner) / 0.050, 0.0);
    return 0.085 * inside * inside * (3.0 - 2.0 * inside);
}

vec3 face(vec3 c, inout Surface s, vec3 h) {
    float x = abs(h.x);
    if (h.y > 3.0) {
        // Lids and the hollows about them are a little bruised with weeping and cold.
        vec2 rim = vec2(x - 3.05, h.z + 0.15), cheek = vec2(x - 4.3, h.z + 2.9);
        vec3 tip = h - vec3(0.0, 9.8, -3.0);
        c = mix(c, srgb(0xB5929A), 0.38 * exp(-dot(rim * vec2(0.40, 0.75), rim)) * smoothstep(4.5, 6.5, h.y));
        float near_eye = exp(-dot(rim * vec2(0.42, 0.62), rim)) * smoothstep(5.0, 6.2, h.y);
        if (near_eye > 0.05) lids(c, s, h, x, near_eye);
        float wet = tear(h);
        s.normal = bumped(s.normal, v_point, 0.01 * wet);
        s.roughness = mix(s.roughness, 0.09, smoothstep(0.004, 0.03, wet));
        c *= 1.0 - 0.10 * smoothstep(0.004, 0.03, wet);
        // With the roots of light a little warmth comes back.
        float flush = exp(-dot(cheek, cheek) * 0.16) * smoothstep(3.0, 6.0, h.y);
        c = mix(c, mix(srgb(0xC0A3B4), srgb(0xD89C98), S_roots), 0.32 * exp(-dot(tip, tip) * 0.45));
        c = mix(c, mix(srgb(0xC3AAB9), srgb(0xDC9A94), S_roots), (0.30 + 0.24 * S_roots) * flush);
        if (h.z < -4.0) {
            float mouth = lips(h);
            float seam = exp(-pow((h.z + 6.15 + 0.046 * x * x) / 0.065, 2.0)) * (1.0 - smoothstep(1.6, 2.25, x)) * step(6.6, h.y);
            float lined = value_noise(vec3(h.x * 9.0, h.z * 1.2, 2.0));
            c = mix(c, mix(srgb(0x94788C), srgb(0xB0727C), 0.8 * S_roots) * (0.90 + 0.16 * lined), 0.85 * mouth) * (1.0 - 0.55 * seam);
            s.roughness = mix(s.roughness, 0.34, mouth);
        } else if (h.z > 0.8) {
            c = mix(c, srgb(0x5A4A50), mix(0.55, 0.85, smoothstep(0.0004, 0.0009, length(fwidth(v_rest)))) * clamp(brow(h), 0.0, 1.0));
        }
    }
    float hair = grown(h);
    if (hair > 0.0) {
        c = mix(c, mix(srgb(0x8A6A5E), srgb(0x1C1312), smoothstep(0.10, 0.75, hair)), 0.96 * hair);
        s.thin *= 1.0 - hair;
        s.roughness = mix(s.roughness, 0.95, hair);
        s.ao *= 1.0 - 0.45 * hair;
    }
    return c;
}

vec3 skin(inout Surface s, vec3 h, float thin, float range) {
    bool head = h.z > -11.5 && length(h) < 16.0;
    float mottle = fbm(v_rest * 19.0, 2);
    vec3 c = srgb(0xE2D2CC) * (0.90 + 0.12 * mottle);
    // Blood has sunk: cold and warm lie side by side, as under real skin.
    float drift = value_noise(v_rest * 11.0 + 3.0);
    c *= mix(vec3(1.04, 0.97, 0.93), vec3(0.92, 0.93, 1.02), drift);
    c = mix(c, srgb(0x9A8098), 0.42 * (1.0 - smoothstep(0.0, 0.05, v_rest.z)) * smoothstep(0.3, 0.7, mottle + 0.15));
    c = mix(c, srgb(0xCFA7AC), 0.45 * thin);
    s.roughness = 0.46 + 0.10 * mottle;
    s.thin = 0.14 + 0.62 * thin;
    // Veins under the temples, the throat and the breast: broad, faint and blue.
    vec3 flow = v_rest * vec3(17.0, 23.0, 17.0) + 1.6 * drift;
    float vein = 1.0 - abs(2.0 * value_noise(flow) - 1.0);
    c = mix(c, srgb(0x8F93B8), 0.13 * smoothstep(0.80, 1.0, vein) * smoothstep(0.35, 0.65, drift));
    if (range < 1.5) {
        c *= 1.0 + 0.05 * (value_noise(v_rest * 900.0) - 0.5) * (1.0 - smoothstep(0.6, 1.5, range));
    }
    if (head) {
        // Beneath the jaw little of the sky is seen.
        float under = -5.0 - 0.61 * (h.y - 0.6) - h.z;
        s.ao *= 1.0 - 0.55 * smoothstep(0.0, 2.6, under) * (1.0 - smoothstep(3.5, 9.0, under)) * smoothstep(-11.5, -8.5, h.z);
        return face(c, s, h);
    }
    // Blood that has sunk to where the body lies.
    float bruise = value_noise(v_rest * 5.2 + 7.0) * 0.75 + 0.25 * mottle;
    c = mix(c, srgb(0x8A7592), 0.30 * smoothstep(0.62, 0.86, bruise) * (1.0 - smoothstep(0.04, 0.20, v_rest.z)));
    if (v_rest.z < 0.25) {
        c = mix(c, srgb(0x8C8490), 0.30 * smoothstep(0.50, 0.78, fbm(v_rest * 9.0 + 3.0, 2)) * (1.0 - smoothstep(0.0, 0.25, v_rest.z)));
    }
    return c;
}

// Eyes that see nothing: a pale iris under a glaze, frost growing inwards from the rim.
vec3 eyeball(inout Surface s, vec3 h, vec3 v) {
    float side = h.x < 0.0 ? -1.0 : 1.0;
    vec3 d = normalize(h - vec3(side * 3.08, 6.45, 0.0));
    vec3 gaze = normalize(vec3(side * 0.13 + 0.05, 1.0, 0.06));
    float off = acos(clamp(dot(d, gaze), -1.0, 1.0));
    float turn = atan(d.z - gaze.z, d.x - gaze.x);
    float fibre = value_noise(vec3(turn * 11.0, off * 5.0, 1.0));
    vec3 white = srgb(0xC6C2CE) * (0.92 + 0.08 * value_noise(h * 7.0));
    vec3 iris = mix(srgb(0x8494AE), srgb(0xB7C6D8), smoothstep(0.16, 0.40, off + 0.14 * (fibre - 0.5)));
    iris = mix(iris, srgb(0x56617C), smoothstep(0.41, 0.49, off));
    vec3 c = mix(iris, white, smoothstep(0.47, 0.56, off));
    c = mix(srgb(0x465064), c, smoothstep(0.12, 0.21, off));
    float crystal = abs(value_noise(vec3(turn * 5.0, off * 9.0, 4.0)) - 0.5) * 2.0;
    float frost = smoothstep(0.12, 0.60, off + 0.25 * (crystal - 0.5)) * (0.45 + 0.55 * value_noise(h * 31.0));
    c = mix(c, srgb(0xE2E8F2), 0.34 * frost);
    c = mix(c, srgb(0xC9D2E0), 0.36);
    s.roughness = mix(0.13, 0.30, frost);
    float grazing = 0.05 + 0.7 * pow(1.0 - max(dot(s.normal, v), 0.0), 4.0);
    s.glow = sky_gradient(reflect(-v, s.normal)) * grazing * 1.3;
    float catch_light = max(dot(reflect(-v, normalize(s.normal)), normalize(vec3(0.35, -0.50, 0.80))), 0.0);
    s.glow += vec3(0.8, 0.85, 1.0) * 0.55 * smoothstep(0.975, 0.99, catch_light);
    s.thin = 0.2;
    // What a shut lid leaves is the dark between lashes; an open one shades what is beneath it.
    float lit = smoothstep(0.12, 0.40, v_weave.x) * mix(0.35, 1.0, (1.0 - smoothstep(-0.05, 0.55, d.z)));
    s.glow *= lit;
    s.roughness = mix(0.95, s.roughness, lit);
    s.ao *= lit;
    return mix(srgb(0x1E1519), c, lit);
}

// Fine folds of thin linen, too narrow for the mesh: they turn the normal, and give how high a place
// lies on them, 0 to 1. Three systems, each coming and going, run the way of the greater folds.
float crumpled(inout Surface s, float range) {
    float seen = 1.0 - smoothstep(2.5, 7.0, range);
    if (seen <= 0.0) return 0.5;
    vec3 px = dFdx(v_rest), py = dFdy(v_rest);
    vec2 wx = dFdx(v_weave.xy), wy = dFdy(v_weave.xy);
    float area = wx.x * wy.y - wx.y * wy.x;
    if (abs(area) < 1e-14) return 0.5;
    vec3 across = normalize((px * wy.y - py * wx.y) / area), down = normalize((py * wx.x - px * wy.x) / area);
    vec2 tilt = vec2(0.0);
    float high = 0.0, sum = 0.0;
    for (int i = 0; i < 3; i++) {
        float apart = i == 0 ? 0.034 : i == 1 ? 0.021 : 0.013, lean = i == 0 ? 0.05 : i == 1 ? -0.06 : 0.02;
        vec2 bent = vec2(value_noise(vec3(v_weave.xy * 9.0, 3.0 + float(i))), value_noise(vec3(v_weave.x * 21.0, v_weave.y * 6.0, 8.0 + float(i)))) - 0.5;
        float phase = 2.0 * PI * (v_weave.x + lean * v_weave.y + 0.040 * bent.x + 0.010 * bent.y) / apart;
        float come = smoothstep(0.42, 0.72, value_noise(vec3(v_weave.x * 11.0, v_weave.y * 4.5, 20.0 + 5.0 * float(i))));
        float wave = 0.5 + 0.5 * cos(phase);
        float share = come * (1.0 - 0.22 * float(i));
        tilt -= share * 3.0 * wave * wave * 0.5 * sin(phase) * vec2(1.0, lean);
        high += share * wave * wave * wave;
        sum += share;
    }
    float lain = mix(0.35, 1.0, smoothstep(0.010, 0.05, v_rest.z));  // on the stone it is smoother
    s.normal = normalize(s.normal - seen * 0.30 * lain * (tilt.x * across + tilt.y * down));
    return mix(0.5, high / max(sum, 0.7), seen);
}

vec3 shift(inout Surface s, vec3 v, float range, float through) {
    float fine = 1.0 - smoothstep(0.9, 4.0, range), warp = 0.5, weft = 0.5;
    if (fine > 0.0) {
        warp = value_noise(v_rest * vec3(520.0, 160.0, 520.0));
        weft = value_noise(v_rest * vec3(150.0, 620.0, 150.0));
    }
    s.normal = normalize(s.normal + fine * 0.10 * (vec3(warp, weft, 0.5) - 0.5));
    float high = crumpled(s, range);
    vec3 c = srgb(0xB9B3B2) * (0.82 + 0.30 * high) * (0.78 + 0.08 * fine * (warp + weft - 1.0) + 0.14 * fbm(v_rest * 7.0, 2));
    // Thin: where it lies on her and is seen straight on, the skin is seen through it.
    // On the breast it is doubled.
    through *= mix(0.22, 1.0, smoothstep(-0.30, -0.08, v_rest.y));
    float facing = max(dot(s.normal, v), 0.0);
    c = mix(c, srgb(0xDCBFC2), 0.36 * through * facing * facing);
    float damp = smoothstep(0.46, 0.66, fbm(v_rest * 4.0 + 11.0, 2));
    c *= 1.0 - 0.14 * damp;
    // A torn edge is thicker by what has frayed, and holds the dirt.
    c *= mix(vec3(0.42, 0.37, 0.40), vec3(1.0), smoothstep(0.0005, 0.0075, v_weave.z));
    float dust = 1.0 - smoothstep(0.0, 0.06, v_rest.z + 0.05 * (value_noise(v_rest * 19.0) - 0.5));
    c = mix(c, srgb(0x9A929E), 0.35 * dust);
    s.roughness = 0.72 - 0.15 * damp;
    s.thin = 0.75 * (1.0 - 0.5 * dust) * (1.0 - 0.55 * through);
    return c;
}

// The sun behind her: it comes over what shades her, along the upper outline of skin and through
// thin linen. From afar, where she is small, it is what tells her from the stone.
vec3 burning(Surface s, vec3 v, bool sheet, float far) {
    float against = smoothstep(0.1, 0.95, -dot(v, SUN_DIR));
    if (against <= 0.0) return vec3(0.0);
    float edge = 1.0 - max(dot(s.normal, v), 0.0);
    float toward = smoothstep(-0.15, mix(0.75, 0.45, far), 0.55 * dot(s.normal, SUN_DIR) + 0.65 * s.normal.z);
    float over = 0.30 + 0.70 * sun_at(v_point + vec3(0.0, 0.0, 0.30));
    float rim = mix(edge * edge * edge, 1.0, far) * edge * toward * smoothstep(0.03, 0.12, v_rest.z);
    vec3 tint = mix(s.albedo, vec3(0.75, 0.62, 0.60), 0.35 * smoothstep(0.03, 0.20, s.albedo.g)) * (sheet ? mix(vec3(1.0, 0.80, 0.72), vec3(1.0, 0.95, 0.95), far) : vec3(1.0, 0.70, 0.66));
    return SUN_LIGHT * S_lit * (1.0 - 0.85 * S_sky_light) * tint * rim * over * against * s.ao * mix(sheet ? 1.5 : 0.95, 1.7, far);
}

// As `light` in lib/light.glsl, but that light goes into flesh and comes out redder beside where it
// went in: the edge of shade is a warm band. `bleeds`: how far each colour wraps.
vec3 lying_light(Surface s, vec3 point, vec3 from, vec3 bleeds) {
    vec3 v = normalize(from - point), n = s.normal;
    float facing = dot(n, SUN_DIR), nv = max(dot(n, v), 1e-3);
    float seen = sunlight(point, n) * smoothstep(0.10, 0.45, s.ao);
    vec3 front = max((vec3(facing) + bleeds) / (1.0 + bleeds), 0.0);
    float through = s.thin * (max(-facing, 0.0) * 0.5 + 0.5 * pow(max(dot(-v, SUN_DIR), 0.0), 4.0));
    // At a glance it is faint, or shadows on her would have the edges of patches.
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * seen * mix(0.62, 1.0, smoothstep(0.10, 0.55, facing)) * (1.0 - 0.75 * S_sky_light);
    vec2 back = sent_back(nv, s.roughness);
    float into = 1.0 - back.x;
    vec3 shade = pow(vec3(s.ao), vec3(0.85, 1.15, 1.0));  // in hollows flesh lights itself, redly
    float silver = 1.0 - S_sky_light * (0.58 - 0.30 * n.z);  // so pale, she would blaze in all of that light
    vec3 c = s.albedo * into * (sun * (front + through * vec3(1.0, 0.7, 0.6)) / PI + (sky_light(n) * silver + afterglow(n, point.z)) * shade);
    c += sun * glitter(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y) * glancing(n, facing);
    c += sky_gradient(reflect(-v, n)) * back.x * s.ao * 0.5;
    // Water mirrors the place that the last light comes from.
    c += vec3(0.9, 0.92, 1.1) * (1.0 - smoothstep(0.09, 0.12, s.roughness)) * smoothstep(0.93, 0.98, dot(reflect(-v, n), LAST_FROM));
    return c + near_light(s, point, v, bleeds.g, into, back.y) + s.glow;
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    float range = length(from - v_point);
    vec3 v = (from - v_point) / range;
    vec3 h = (u_to_head * vec4(v_rest, 1.0)).xyz * 100.0;
    Surface s;
    s.normal = normalize(v_normal);
    bool sheet = v_kind.x < 0.5;
    if (sheet && v_weave.z < 0.010) {
        // Threads that end one by one: those along the cloth and, shorter, those across.
        float warp = value_noise(vec3(v_weave.x * 460.0, v_weave.y * 34.0, 2.0));
        float weft = value_noise(vec3(v_weave.x * 40.0, v_weave.y * 420.0, 6.0));
        float slow = value_noise(vec3(v_weave.xy * 70.0, 4.0));
        if (v_weave.z < 0.0085 * slow * max(warp, 0.7 * weft)) discard;
    }
    if (sheet && dot(s.normal, v) < -0.1) s.normal = -s.normal;
    s.ao = v_kind.y * mix(0.30, 1.0, smoothstep(0.0, 0.055, v_rest.z + 0.03 * s.normal.z));
    // What faces the stone from near by sees little else.
    s.ao *= mix(0.40, 1.0, smoothstep(-0.55, 0.15, s.normal.z + 5.0 * v_rest.z - 0.4));
    s.ao = mix(0.16, 1.0, s.ao);
    s.glow = vec3(0.0);
    if (sheet) {
        s.albedo = shift(s, v, range, v_kind.z);
    } else if (v_kind.x > 1.5) {
        s.albedo = eyeball(s, h, v);
    } else {
        s.albedo = skin(s, h, v_kind.z, range);
    }
    float far = smoothstep(2.5, 9.0, range);
    // Small among stones, she is told by linen, skin and hair: pale and grey, warm, dark.
    if (sheet) s.albedo = mix(s.albedo, vec3(0.62, 0.66, 0.72) * (0.6 + 0.8 * s.albedo.g), 0.75 * far);
    else s.albedo *= mix(vec3(1.0), vec3(0.78, 0.60, 0.52), 0.8 * far);
    float soft = sheet ? 0.06 : 0.12;
    float open = max((dot(s.normal, LAST_FROM) + soft) / (1.0 + soft), 0.0);
    open = mix(open * open, open * open * open, 0.5);
    // Most of it lies on the face.
    float spent = mix(1.28, 0.60, smoothstep(8.0, 60.0, length(h)));
    s.glow += s.albedo * LAST_LIGHT * spent * (1.0 + 0.10 * S_roots) * mix(1.12, 1.5, far) * open * s.ao * s.ao;
    // In the hollow of an eye it would draw a ring.
    vec2 rim = vec2(abs(h.x) - 2.6, h.z + 0.2);
    float socket = sheet ? 0.0 : exp(-0.30 * dot(rim, rim)) * smoothstep(3.0, 5.0, h.y);
    s.glow += burning(s, v, sheet, far) * (1.0 - 0.9 * socket);
    vec3 c = lying_light(s, v_point, from, sheet ? vec3(0.16, 0.14, 0.14) : vec3(0.42, 0.17, 0.11));
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
