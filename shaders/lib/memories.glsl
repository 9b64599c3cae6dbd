// What the orb remembers (models/memory/visions.py): of each memory three painted layers, behind, far
// and near, between which one looks; the light that floods from there, and dust in it, are drawn here.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"
uniform sampler2D u_memories;  // three columns: behind, far, near; rows from below: laugh, dew, touch

const float BRIGHTEST_SEEN = 4.0;  // twin of models/memory/visions.py
const float FRINGE = 0.022;        // of the disc: how far red and blue part at the rim
// Where light comes from in each, and its colour; how wide it floods; how much brighter all is.
const vec2 SOURCE[3] = vec2[](vec2(0.03, 0.40), vec2(-0.22, -0.04), vec2(0.86, 0.42));
const vec3 FLOOD[3] = vec3[](vec3(1.0, 0.50, 0.14), vec3(1.0, 0.48, 0.18), vec3(1.0, 0.42, 0.16));
const vec3 LENS[3] = vec3[](vec3(0.30, 5.0, 1.35), vec3(0.20, 9.0, 1.35), vec3(0.08, 4.0, 1.45));

// A layer's light and cover.
vec4 layer(vec2 p, float column, float row) {
    vec2 uv = clamp(p * 0.5 + 0.5, 0.004, 0.996);
    vec4 t = texture(u_memories, (uv + vec2(column, row)) / 3.0);
    return vec4(t.rgb * t.rgb * BRIGHTEST_SEEN, t.a);
}

// The layers of a memory; what is nearer shifts against what is behind it.
vec3 layers(vec2 p, vec2 drift, float row) {
    vec2 air = 0.003 * vec2(sin(S_breath * 0.9 + 7.0 * p.y), sin(S_breath * 0.7 + 6.0 * p.x + 2.0));
    vec4 far = layer(p + 0.10 * drift + air, 1.0, row), near = layer(p - 0.30 * drift + air, 2.0, row);
    vec3 c = layer(p + 0.80 * drift, 0.0, row).rgb;
    c = c * (1.0 - far.a) + far.rgb;
    return c * (1.0 - near.a) + near.rgb;
}

// Memory `which`, 0 to 2, through glass that parts its colours by `fringe`.
vec3 remembered(vec2 p, vec2 drift, int which, vec2 fringe) {
    float row = float(which);
    vec3 c = layers(p, drift, row);
    c.r = layers(p - fringe, drift, row).r;
    c.b = layers(p + fringe, drift, row).b;
    vec2 s = p + drift * 0.8 - SOURCE[which];
    float far = dot(s, s), breath = 0.92 + 0.08 * sin(S_breath * 0.6);
    vec3 lens = LENS[which];
    c = lens.z * c + FLOOD[which] * lens.x * breath * exp(-far * lens.y);
    // Dust that hangs in the light.
    for (float i = 0.0; i < 6.0; i += 1.0) {
        vec3 r = hash3(i + 31.0 * row);
        vec2 at = fract(r.xy + S_breath * 0.012 * vec2(r.z - 0.5, 0.4 + r.x)) * 2.0 - 1.0;
        vec2 q = p - 0.6 * drift * r.z - at * vec2(0.9, 0.8);
        float size = mix(0.007, 0.016, r.z * r.z);
        c += FLOOD[which] * (0.5 + 0.5 * sin(S_breath * (0.6 + r.y) + 6.0 * r.x)) * 0.9 * exp(-dot(q, q) / (size * size)) * exp(-1.2 * far);
    }
    return c;
}
