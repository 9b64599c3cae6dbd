// The people that the orb remembers (models/memory/visions.py): painted layers, far and near, between
// which one looks; what is behind them, and the light that floods from there, is drawn here.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"
uniform sampler2D u_memories;  // laugh far and near, touch far and near: root of light, cover

const float BRIGHTEST_SEEN = 4.0;  // twin of models/memory/visions.py

// A layer's light and cover; 0 to 3 from the left.
vec4 layer(vec2 p, float which) {
    vec2 uv = clamp(p * 0.5 + 0.5, 0.004, 0.996);
    vec4 t = texture(u_memories, vec2((uv.x + which) * 0.25, uv.y));
    return vec4(t.rgb * t.rgb * BRIGHTEST_SEEN, t.a);
}

// Leaves and light far out of focus: soft filled discs. `b` the place, `many` how many.
vec3 bokeh(vec2 b, float many, float seed, float least, float most, float sway) {
    vec3 c = vec3(0.0);
    for (float i = 0.0; i < many; i += 1.0) {
        vec3 r = hash3(i + seed), tint = hash3(i + seed + 57.0);
        vec2 at = (r.xy * 2.0 - 1.0) * vec2(1.05, 0.95) + sway * vec2(sin(S_breath * 0.5 + 6.0 * r.z), cos(S_breath * 0.37 + i));
        float wide = mix(least, most, r.z * r.z), d = length(b - at) / wide;
        float disc = (1.0 - smoothstep(0.62, 1.0, d)) * (0.78 + 0.22 * smoothstep(0.3, 0.9, d));
        c += mix(srgb(0xFFB45C), srgb(0xB9D06A), tint.x * step(0.45, tint.y)) * disc * (0.25 + 0.75 * tint.z * tint.z);
    }
    return c;
}

// People before what is behind them; they stir as what is seen through warm air.
vec3 people(vec3 c, vec2 p, vec2 drift, float which) {
    vec2 air = 0.004 * vec2(sin(S_breath * 0.9 + 7.0 * p.y), sin(S_breath * 0.7 + 6.0 * p.x + 2.0));
    vec4 far = layer(p + 0.15 * drift + air, which), near = layer(p - 0.35 * drift + air, which + 1.0);
    c = c * (1.0 - far.a) + far.rgb;
    return c * (1.0 - near.a) + near.rgb;
}

// A mother and her child, laughing, and the low sun of a summer's evening behind them.
vec3 laugh(vec2 p, vec2 drift) {
    p = p * 1.04 - vec2(0.0, 0.02);
    vec2 b = p + drift * 0.8;
    const vec2 SUN = vec2(0.06, 0.42);
    vec2 s = b - SUN;
    float far = dot(s, s * vec2(1.0, 1.2)), breath = 0.92 + 0.08 * sin(S_breath * 0.6);
    vec3 c = mix(srgb(0x1C3418) * 0.40, srgb(0x5A7A34) * 0.50, smoothstep(-0.9, 0.7, b.y));
    // Trees as masses of shade, a lawn that lies in the sun.
    float leaves = value_noise(vec3(b * 2.1, 4.0)) + 0.5 * value_noise(vec3(b * 4.7, 9.0));
    c *= mix(1.0, 0.45 + 0.85 * leaves, smoothstep(0.15, 0.8, far));
    c += srgb(0xB8B040) * 0.22 * exp(-pow((b.y + 0.30) / 0.16, 2.0));
    c += srgb(0xFFAC48) * 0.95 * exp(-far * 3.4) + srgb(0xFFF2D0) * 5.0 * breath * exp(-far * 26.0);
    c += bokeh(b, 18.0, 31.0, 0.05, 0.17, 0.015) * 0.60 * smoothstep(0.08, 0.5, far);
    c = people(c, p, drift, 0.0);
    // The sun floods the lens, and below all dissolves in its light.
    float mist = 1.0 - smoothstep(-1.05, -0.25, p.y + 0.30 * (value_noise(vec3(p * 2.6, 0.15 * S_breath)) - 0.5));
    c = mix(c, srgb(0xD89A58) * 0.45, 0.55 * mist);
    return 1.50 * c + srgb(0xFFB860) * 0.38 * breath * exp(-far * 6.0);
}

// A hand on a cheek, in the last warm light of a window.
vec3 touch(vec2 p, vec2 drift) {
    p += vec2(0.08, 0.0);
    vec2 b = p + drift * 0.8;
    vec2 s = b - vec2(0.70, 0.40);
    float far = dot(s, s), breath = 0.93 + 0.07 * sin(S_breath * 0.45);
    vec3 c = mix(srgb(0x54446C) * 0.85, srgb(0x9A607A) * 0.62, smoothstep(-0.9, 0.9, b.x + 0.45 * b.y));
    c += srgb(0xFFB078) * 1.15 * exp(-far * 2.6) + srgb(0xFFEED0) * 3.4 * breath * exp(-far * 13.0);
    c += bokeh(b, 9.0, 90.0, 0.07, 0.20, 0.010) * 0.20 * smoothstep(-0.5, 0.6, b.x);
    c = people(c, p, drift, 2.0);
    float mist = 1.0 - smoothstep(-1.05, -0.30, p.y + 0.30 * (value_noise(vec3(p * 2.6, 0.12 * S_breath)) - 0.5));
    c = mix(c, srgb(0x9A7088) * 0.50, 0.60 * mist);
    return 1.55 * c + srgb(0xFFB488) * 0.22 * breath * exp(-far * 1.6);
}
