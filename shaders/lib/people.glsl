// The people that the orb remembers: pictures of sculptures (models/visions.py), painted in light.
#pragma once
#pragma include "color.glsl"
#pragma include "noise.glsl"
uniform sampler2D u_memories;  // laugh, then touch: shape and matter of each; see models/relief.py

// What lies at a place of a picture.
struct Person {
    vec3 n;       // towards the eye is z
    float open;   // 0..1, to the sky
    float there;
    float hair, cloth;
    float lit;    // 0..1, by the picture's own sun
    float near;   // 0 far to 1 near
};

vec4 person_texel(vec2 p, float quarter) {
    vec2 uv = clamp(p * 0.5 + 0.5, 0.006, 0.994);
    return texture(u_memories, vec2((uv.x + quarter) * 0.25, uv.y));
}

// `drift` : how far what is nearest is shifted against what is furthest.
Person person(vec2 p, float which, vec2 drift) {
    vec2 q = p;
    for (int i = 0; i < 2; i++) q = p - drift * (person_texel(q, 2.0 * which + 1.0).a - 0.5);
    vec4 a = person_texel(q, 2.0 * which), b = person_texel(q, 2.0 * which + 1.0);
    vec2 slope = a.xy * 2.0 - 1.0;
    float whole = max(dot(slope, slope), 1.0);
    return Person(vec3(slope * inversesqrt(whole), sqrt(max(1.0 - dot(slope, slope) / whole, 0.0))),
                  a.z, smoothstep(0.2, 0.8, a.w), b.x, b.y, b.z, b.w);
}

// What is about a place, blurred: how much hair and how much of anybody.
vec2 about(vec2 p, float which) {
    vec2 uv = clamp(p * 0.5 + 0.5, 0.03, 0.97);
    float hair = textureLod(u_memories, vec2((uv.x + 2.0 * which + 1.0) * 0.25, uv.y), 3.2).x;
    return vec2(hair, textureLod(u_memories, vec2((uv.x + 2.0 * which) * 0.25, uv.y), 4.0).a);
}

// Leaves and light far out of focus: discs with a bright edge. `b` the place, `many` how many.
vec3 bokeh(vec2 b, float many, float seed, float least, float most, float sway) {
    vec3 c = vec3(0.0);
    for (float i = 0.0; i < many; i += 1.0) {
        vec3 r = hash3(i + seed), tint = hash3(i + seed + 57.0);
        vec2 at = (r.xy * 2.0 - 1.0) * vec2(1.05, 0.95) + sway * vec2(sin(S_breath * 0.5 + 6.0 * r.z), cos(S_breath * 0.37 + i));
        float wide = mix(least, most, r.z * r.z), d = length(b - at) / wide;
        float disc = (1.0 - smoothstep(0.80, 1.0, d)) * (0.55 + 0.45 * smoothstep(0.3, 0.95, d));
        c += mix(srgb(0xFFB45C), srgb(0xC9C86A), tint.x * step(0.55, tint.y)) * disc * (0.25 + 0.75 * tint.z * tint.z);
    }
    return c;
}

// Two who laugh, and the low sun of a summer's evening behind them.
vec3 laugh(vec2 p, vec2 drift) {
    vec2 b = p + drift * 0.8;
    const vec2 SUN = vec2(0.03, 0.30);
    float far = length((b - SUN) * vec2(1.0, 1.15));
    vec3 c = mix(srgb(0x96602A) * 0.70, srgb(0xF4A850) * 1.35, smoothstep(-0.75, 0.35, b.y));
    c += srgb(0xFFC878) * 1.9 * exp(-far * far * 3.2) + srgb(0xFFF0C8) * 2.6 * exp(-far * far * 24.0);
    c += bokeh(b, 16.0, 31.0, 0.07, 0.21, 0.015) * 0.26 * smoothstep(0.10, 0.75, far);
    Person f = person(p, 0.0, drift);
    // Wind in the outermost hair.
    float wisp = value_noise(vec3(p * vec2(30.0, 52.0) + vec2(0.5 * S_breath, 14.0 * p.x), 3.0));
    vec2 to_sun = normalize(SUN - p);
    float edge = 1.0 - f.n.z, turned = dot(f.n.xy, to_sun);
    float rim = mix(0.40, 1.0, smoothstep(-0.35, 0.70, turned)) * (pow(edge, 2.2) + 1.8 * pow(edge, 6.0));
    // Deep within hair little comes through of what is behind it.
    vec2 blurred = about(p, 0.0);
    rim *= mix(1.0, mix(0.22, 1.0, 1.0 - smoothstep(0.75, 1.0, blurred.y)), f.hair);
    vec3 skin = srgb(0xC07850), hair = mix(srgb(0x2A1610), srgb(0x5A3018), smoothstep(-0.05, 0.1, p.x));
    vec3 cloth = mix(srgb(0xDCDCE0), srgb(0xF6DCC0), smoothstep(-0.12, 0.12, p.x)) * 1.1;
    vec3 own = mix(mix(skin, cloth, f.cloth), hair * (0.65 + 0.7 * wisp), f.hair);
    // From before them comes the sky's blue-violet, from the grass below and from each other's
    // faces, honey.
    float between = exp(-dot(p - vec2(0.02, 0.08), p - vec2(0.02, 0.08)) * 9.0);
    vec3 fill = mix(srgb(0xC88450) * 0.70, srgb(0x9A90B8) * 0.52, 0.5 + 0.5 * f.n.y) * max(f.open * f.open, 0.22);
    fill += srgb(0xFFB878) * 1.7 * between * max(-f.n.x * sign(p.x - 0.02) * 0.9 + 0.25 * f.n.y + 0.15, 0.0) * f.open;
    vec3 thin = mix(mix(srgb(0xFF8A4A), srgb(0xFFE0B0), f.cloth), srgb(0xFFA850) * (0.5 + wisp), f.hair);
    vec3 lit = own * fill + thin * rim * mix(2.3, 4.2, f.hair);
    lit = mix(lit, srgb(0xF0A858) * 0.6, 0.15 * (1.0 - f.near));
    // Beside the heads are hairs too fine to be seen, which the wind lifts.
    c += srgb(0xFFC070) * 0.5 * smoothstep(0.06, 0.40, blurred.x) * (1.0 - f.there) * (0.55 + 0.45 * wisp);
    c = mix(c, lit, f.there);
    // The sun floods the lens.
    return 1.3 * c + srgb(0xFFB860) * (0.22 * exp(-far * far * 5.0) + 0.03);
}

// A hand on a cheek, in the last warm light of a window.
vec3 touch(vec2 p, vec2 drift) {
    vec2 b = p + drift * 0.8;
    vec2 s = b - vec2(0.80, 0.45);
    vec3 c = mix(srgb(0x3A2E58) * 0.95, srgb(0x966468) * 0.95, smoothstep(-0.9, 0.6, b.x + 0.4 * b.y));
    c += srgb(0xFFCC98) * 1.6 * exp(-dot(s, s) * 2.0);
    c += bokeh(b, 7.0, 90.0, 0.10, 0.26, 0.010) * 0.10 * smoothstep(-0.4, 0.8, b.x);
    Person f = person(p, 1.0, drift);
    const vec3 SUN = vec3(0.742, 0.495, 0.452);
    float d = dot(f.n, SUN), edge = 1.0 - f.n.z;
    float wrapped = max((d + 0.30) / 1.30, 0.0), key = wrapped * wrapped * mix(0.10, 1.0, f.lit);
    float strands = value_noise(vec3(p * vec2(40.0, 26.0) + vec2(18.0, 0.0) * p.y, 7.0));
    vec3 own = mix(mix(srgb(0xDCA68C), srgb(0xD8CCD0), f.cloth), mix(srgb(0x44261A), srgb(0x744628), strands), f.hair);
    vec3 fill = mix(srgb(0x6A3E48), srgb(0x6A70A8), 0.5 + 0.5 * f.n.y) * 0.75 * f.open * f.open;
    vec3 lit = own * (fill + srgb(0xFFD4AC) * 2.8 * key);
    // Blood shows where light grazes the skin; a cool sky is behind them.
    float skin = (1.0 - f.hair) * (1.0 - f.cloth);
    lit += srgb(0xC0402C) * 0.16 * skin * smoothstep(0.05, 0.30, wrapped) * (1.0 - smoothstep(0.30, 0.65, wrapped)) * (0.3 + 0.7 * f.lit);
    lit += srgb(0x9FB8F0) * 0.9 * pow(edge, 2.5) * f.open * f.open * max(-f.n.x * 0.8 + 0.35 * f.n.y, 0.0);
    lit += srgb(0xFFD8A8) * 0.55 * pow(edge, 3.0) * max(dot(f.n.xy, SUN.xy), 0.0) * f.lit;
    c = mix(c, lit, f.there);
    return c + srgb(0xFFB878) * 0.10 * exp(-dot(s, s) * 1.2);
}
