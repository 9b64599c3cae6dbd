#version 330
// Light scattered by the mist about the orb: steep near the glass, gone at the square's edge.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
out vec4 color;

// Vapour that is drawn in while there is no glass yet: arms that wind inwards, as deep as wide.
float winding(vec2 at, float r) {
    float turn = 1.9 * log(r + 0.35) + 0.55 * S_breath;
    vec2 a = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * at / (r + 0.6);
    float big = value_noise(vec3(a * 2.3, 0.35 * r + 0.2 * S_breath));
    float fine = value_noise(vec3(a * 5.6, 0.7 * r + 0.35 * S_breath));
    return smoothstep(0.30, 0.85, 0.65 * big + 0.35 * fine);
}

void main() {
    float reach = mix(9.0, 3.6, smoothstep(0.0, 1.0, S_memory_glow));
    float r = length(v_corner);
    float edge = 1.0 - smoothstep(0.25, 1.0, r / reach);
    float near = 1.0 / (1.0 + r * r * 1.7) * smoothstep(0.55, 1.1, r);
    float star = smoothstep(0.1, 0.4, S_orb_flight);
    near = mix(near, 1.4 / (1.0 + r * r * 3.0), star);
    float stir = 0.75 + 0.5 * value_noise(vec3(v_corner * 0.8, S_breath * 0.25));
    float there = smoothstep(0.0, 0.6, S_orb) * (1.0 - smoothstep(0.93, 1.0, S_orb_flight));
    float light = near * edge * mix(stir, 1.0, star) * (0.85 + 0.3 * S_orb_pulse) * there;
    light *= mix(0.58, 0.26, S_memory_glow) + 1.2 * star;
    float forming = smoothstep(0.05, 0.5, S_orb) * (1.0 - smoothstep(0.90, 1.0, S_orb));
    light *= 1.0 + 1.6 * forming;
    float drawn = forming * winding(v_corner, r) * exp(-r * 0.50) * edge * 1.9;
    color = vec4(mix(srgb(0x5AA0E6), srgb(0x9FD4FF), near) * light + mix(srgb(0x5AA0E6), srgb(0xBFE2FF), exp(-r * 0.5)) * drawn, 0.0);
}
