#version 330
// Cold skin that light goes into, frosted eyes, a thin torn shift.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/countenance.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_kind;
in vec3 v_weave;
uniform mat4 u_to_head;
uniform sampler2D u_linen;
out vec4 color;

// The last light of the sky gathers on her: soft, from above where the visitor stands.
const vec3 LAST_LIGHT = vec3(0.46, 0.41, 0.46);
const vec3 LINEN = vec3(-0.64, 1.28, 1.6);  // LOW, SPAN, STEEPEST of the picture of it
const vec3 LAST_FROM = normalize(vec3(0.36, -0.58, 0.73));

vec3 skin(inout Surface s, vec3 h, float thin, float range) {
    bool head = h.z > -11.5 && length(h) < 16.0;
    float mottle = fbm(v_rest * 19.0, 2);
    vec3 c = srgb(0xE2D2CC) * (0.90 + 0.12 * mottle);
    // Blood has sunk: cold and warm lie side by side, as under real skin.
    float drift = value_noise(v_rest * 11.0 + 3.0);
    c *= mix(vec3(1.04, 0.97, 0.93), vec3(0.92, 0.93, 1.02), drift);
    c = mix(c, srgb(0x9A8098), 0.42 * (1.0 - smoothstep(0.0, 0.05, v_rest.z)) * smoothstep(0.3, 0.7, mottle + 0.15));
    c = mix(c, srgb(0xCFA7AC), 0.45 * thin);
    // With the roots of light a little warmth comes back.
    c *= mix(vec3(1.0), vec3(1.06, 1.00, 0.94), S_roots);
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
        return face(c, s, h, v_point, length(fwidth(v_rest)));
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

// Folds of thin linen that are too fine for the mesh turn the normal (models/people/drapery.py);
// gives how light it is in those and in the broad ones, 0 to 1.
vec2 crumpled(inout Surface s) {
    vec4 relief = texture(u_linen, (v_weave.xy - LINEN.x) / LINEN.y);
    vec3 px = dFdx(v_rest), py = dFdy(v_rest);
    vec2 wx = dFdx(v_weave.xy), wy = dFdy(v_weave.xy);
    float area = wx.x * wy.y - wx.y * wy.x;
    if (abs(area) > 1e-14) {
        vec3 across = normalize((px * wy.y - py * wx.y) / area), down = normalize((py * wx.x - px * wy.x) / area);
        vec2 slope = LINEN.z * (2.0 * relief.xy - 1.0);
        s.normal = normalize(s.normal - slope.x * across - slope.y * down);
    }
    return relief.zw;
}

vec3 shift(inout Surface s, vec3 v, float range, float through) {
    float fine = 1.0 - smoothstep(0.9, 4.0, range), warp = 0.5, weft = 0.5;
    if (fine > 0.0) {
        warp = value_noise(v_rest * vec3(520.0, 160.0, 520.0));
        weft = value_noise(v_rest * vec3(150.0, 620.0, 150.0));
    }
    s.normal = normalize(s.normal + fine * 0.10 * (vec3(warp, weft, 0.5) - 0.5));
    vec2 open = crumpled(s);
    s.ao *= mix(0.35, 1.0, smoothstep(0.1, 0.65, open.x)) * mix(0.40, 1.0, smoothstep(0.0, 0.62, open.y));
    vec3 c = srgb(0xB9B3B2) * (0.82 + 0.30 * open.x) * (0.78 + 0.08 * fine * (warp + weft - 1.0) + 0.14 * fbm(v_rest * 7.0, 2));
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
    float rim = mix(1.35 * edge * edge * edge, 0.35 + 0.65 * edge, far) * edge * toward * smoothstep(0.03, 0.12, v_rest.z);
    vec3 tint = mix(s.albedo, vec3(0.75, 0.62, 0.60), 0.35 * smoothstep(0.03, 0.20, s.albedo.g)) * (sheet ? mix(vec3(1.0, 0.80, 0.72), vec3(1.0, 0.95, 0.95), far) : vec3(1.0, 0.70, 0.66));
    // Where it hangs free the linen is lit through.
    float hangs = (1.0 - 0.6 * v_kind.z) * smoothstep(0.10, 0.38, v_rest.z) * smoothstep(0.0, 0.8, -dot(s.normal, SUN_DIR)) * s.ao;
    vec3 lit = tint * rim * mix(sheet ? 1.5 : 0.95, 1.7, far) + (sheet ? 0.20 * hangs * vec3(1.0, 0.62, 0.55) * s.albedo : vec3(0.0));
    return SUN_LIGHT * S_lit * (1.0 - 0.85 * S_sky_light) * lit * over * against * s.ao;
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
    shade *= 0.34 + 0.62 * smoothstep(-0.4, 0.95, dot(n, LAST_FROM));  // most of the sky is behind the crowd
    float silver = 1.0 - S_sky_light * (0.58 - 0.30 * n.z);  // so pale, she would blaze in all of that light
    vec3 c = s.albedo * into * (sun * (front + through * vec3(1.0, 0.7, 0.6)) / PI + (sky_light(n) * silver + afterglow(n, point.z)) * shade);
    c += sun * glitter(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y) * glancing(n, facing);
    c += sky_gradient(reflect(-v, n)) * back.x * s.ao * 0.5;
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
    float spent = mix(2.0, 0.60, smoothstep(8.0, 60.0, length(h)));
    if (!sheet) open *= unshaded(h);
    s.glow += s.albedo * LAST_LIGHT * spent * (1.0 + 0.10 * S_roots) * mix(1.12, 1.5, far) * open * s.ao * s.ao;
    // In the hollow of an eye it would draw a ring.
    vec2 rim = vec2(abs(h.x) - 2.6, h.z + 0.2);
    float socket = sheet ? 0.0 : exp(-0.30 * dot(rim, rim)) * smoothstep(3.0, 5.0, h.y);
    s.glow += burning(s, v, sheet, far) * (1.0 - 0.9 * socket);
    // Down on the skin catches the sky where it is seen along itself.
    float along = 1.0 - max(dot(s.normal, v), 0.0);
    if (!sheet) s.glow += s.albedo * sky_light(s.normal) * (0.30 * along * along * along * s.ao * (1.0 - far));
    // White flowers about her throw their light at her, most low down.
    s.glow += s.albedo * srgb(0xE2DCFF) * (0.12 * S_bloom * S_lit * s.ao * exp(-max(v_rest.z, 0.0) * 9.0) * (1.0 - far));
    vec3 c = lying_light(s, v_point, from, sheet ? vec3(0.16, 0.14, 0.14) : vec3(0.42, 0.17, 0.11));
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
