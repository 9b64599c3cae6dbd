#version 330
// Grief and hope: a crimson giant, a pale blue star, and the light between them.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec4 v_kind;
in vec3 v_toward;
in vec2 v_rose;
out vec4 color;

const float SURFACE_TURN = 0.09;  // radians a second

vec3 grief(float heat) { return mix(srgb(0x8E1020), srgb(0xF0502F), heat); }
vec3 hope(float heat) { return mix(srgb(0x5AA0E6), srgb(0xF2FAFF), heat); }

vec3 spun(vec3 n) {
    float a = S_breath * SURFACE_TURN;
    return vec3(n.x * cos(a) + n.z * sin(a), n.y, n.z * cos(a) - n.x * sin(a));
}

// A giant's few great cells of convection, and finer ones within.
vec4 giant(vec2 p) {
    float toward = max(dot(normalize(p + 1e-5), normalize(v_toward.xy + 1e-5)), 0.0);
    p /= 1.0 + 0.10 * pow(toward, 5.0) * length(v_toward.xy);
    float r = length(p);
    float edge = fwidth(r);
    float inside = 1.0 - smoothstep(1.0 - edge, 1.0 + edge, r);
    float mu = sqrt(max(1.0 - r * r, 0.0));
    vec3 n = vec3(p, mu), s = spun(n);
    float slow = S_breath * 0.05;
    vec3 bend = vec3(value_noise(s * 2.1 + slow), value_noise(s * 2.1 + 9.0), value_noise(s * 2.1 + 21.0 - slow));
    float cells = fbm(s * 3.1 + bend * 1.5, 4);
    float ridges = 1.0 - abs(2.0 * fbm(s * 6.5 + bend * 2.0 + slow, 3) - 1.0);
    float heat = clamp(0.34 + 1.05 * (cells - 0.42) + 0.22 * (ridges - 0.7), 0.0, 1.0);
    float limb = 1.0 - 0.72 * (1.0 - mu);
    vec3 c = grief(clamp(0.25 + heat, 0.0, 1.0) * (0.15 + 0.85 * mu)) * (0.35 + 1.45 * heat) * limb * 0.92;
    c += srgb(0xFF9A5A) * pow(heat, 4.0) * mu * 0.5;
    // Hope's light on the side of grief that is turned to it.
    float lit = max(dot(n, v_toward) + 0.1, 0.0);
    c += srgb(0xB9B6E8) * lit * lit * 0.34 * (0.5 + 0.5 * v_rose.x) * (0.4 + 0.6 * heat);
    return vec4(c * inside, inside);
}

vec4 dwarf(vec2 p) {
    float r = length(p);
    float edge = fwidth(r);
    float inside = 1.0 - smoothstep(1.0 - edge, 1.0 + edge, r);
    float mu = sqrt(max(1.0 - r * r, 0.0));
    vec3 s = spun(vec3(p, mu));
    float cells = fbm(s * 7.0 + S_breath * 0.1, 3);
    vec3 c = hope(0.25 + 0.75 * mu) * (0.62 + 0.38 * mu) * (0.8 + 0.4 * cells) * 3.4;
    return vec4(c * inside, inside);
}

vec3 corona(vec2 p, bool warm, float reach) {
    float r = length(p);
    float outside = max(r - 1.0, 0.0);
    float angle = atan(p.y, p.x);
    vec2 around = vec2(cos(angle), sin(angle));
    float rays = fbm(vec3(around * 2.4, S_breath * 0.06 + outside * 0.35), 3);
    float window = 1.0 - smoothstep(0.45, 1.0, r / reach);
    float over = smoothstep(0.92, 1.02, r);
    if (warm) {
        float near = exp(-outside * 7.0) * 0.42 + exp(-outside * 2.1) * 0.10 * (0.3 + 1.4 * rays);
        return grief(0.5) * near * window * over;
    }
    float near = exp(-outside * 2.4) * 0.9 + 0.16 / (1.0 + outside * outside * 0.9) * (0.5 + rays);
    return mix(srgb(0x5AA0E6), srgb(0xBFE2FF), exp(-outside * 1.4)) * near * window * mix(0.5, 1.0, over);
}

// From crimson through rose and gold to pale blue as the light falls.
vec3 falling(float t) {
    vec3 c = mix(srgb(0xB02034), srgb(0xFF7E6B), smoothstep(0.0, 0.22, t));
    c = mix(c, srgb(0xFFE3B8), smoothstep(0.18, 0.42, t));
    return mix(c, srgb(0x9FD4FF), smoothstep(0.40, 0.70, t));
}

vec3 stream() {
    float t = v_kind.z, across = v_corner.y;
    float silk = exp(-across * across * 4.0) * (1.0 - across * across);
    float own = v_kind.y;
    float flow = value_noise(vec3(t * 26.0 - S_breath * 1.5 + own * 17.0, own * 31.0, across * 1.2));
    float slow = value_noise(vec3(t * 8.0 - S_breath * 0.6, own * 13.0, 4.0));
    return falling(t) * silk * (0.22 + 1.5 * flow * flow) * (0.4 + slow) * 1.5;
}

vec3 disc() {
    float t = v_kind.z, angle = v_corner.y;
    float twist = angle + 5.0 * log(0.4 + t) - S_breath * 0.8;
    vec2 around = vec2(cos(twist), sin(twist));
    float arms = fbm(vec3(around * 1.7, t * 3.0), 4);
    float rings = value_noise(vec3(t * 16.0, around * 0.7));
    float body = smoothstep(0.0, 0.06, t) * pow(1.0 - t, 1.6);
    float spot = exp(-pow(t - 0.72, 2.0) * 40.0) * pow(0.5 + 0.5 * cos(angle - 0.6), 8.0);
    vec3 tint = mix(srgb(0xD8EEFF), srgb(0x7FB4E8), smoothstep(0.0, 0.6, t));
    tint = mix(tint, srgb(0xFFB48A), smoothstep(0.5, 1.0, t) * 0.6);
    return tint * body * (0.25 + 1.5 * arms * arms) * (0.65 + 0.7 * rings) * 1.5 + srgb(0xFFE3B8) * spot * 0.5;
}

vec3 trail() {
    float t = v_kind.z, across = v_corner.y;
    float thin = exp(-across * across * 5.0) * (1.0 - across * across);
    float core = exp(-across * across * 60.0);
    float fade = pow(1.0 - t, 1.7) * smoothstep(0.0, 0.05, t);
    bool warm = v_kind.y < 0.5;
    float dust = 0.55 + 0.9 * value_noise(vec3(t * 60.0 + v_rose.y * 8.0, across * 2.0, v_kind.y * 9.0));
    vec3 c = warm ? srgb(0xC8323A) : srgb(0x7FB4E8);
    return c * (thin * 0.26 + core * 0.30) * fade * dust;
}

void main() {
    int kind = int(v_kind.x + 0.5);
    float amount = v_kind.w;
    if (kind < 2) {
        vec4 c = kind == 0 ? giant(v_corner) : dwarf(v_corner);
        if (c.a * amount < 0.01) discard;
        color = c * amount;
        return;
    }
    vec3 c = vec3(0.0);
    if (kind == 2) c = corona(v_corner, v_kind.y < 0.5, v_kind.y < 0.5 ? 3.4 : 9.0);
    else if (kind == 4) c = stream();
    else if (kind == 5) c = disc();
    else if (kind == 6) c = falling(v_kind.z) * exp(-dot(v_corner, v_corner) * 9.0) * (1.0 - smoothstep(0.6, 1.0, dot(v_corner, v_corner))) * 3.0 * (1.0 - 0.8 * smoothstep(0.45, 0.6, v_kind.z));
    else c = trail();
    color = vec4(c * amount, 0.0);
}
