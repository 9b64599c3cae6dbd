#version 330
// Light scattered by the mist about the orb: steep near the glass, gone at the square's edge.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
out vec4 color;

void main() {
    float reach = mix(9.0, 3.6, smoothstep(0.0, 1.0, S_memory_glow));
    float r = length(v_corner);
    float edge = 1.0 - smoothstep(0.45, 1.0, r / reach);
    float near = 1.0 / (1.0 + r * r * 1.7) * smoothstep(0.55, 1.1, r);
    float star = smoothstep(0.1, 0.4, S_orb_flight);
    near = mix(near, 1.4 / (1.0 + r * r * 3.0), star);
    float stir = 0.75 + 0.5 * value_noise(vec3(v_corner * 0.8, S_breath * 0.25));
    float there = smoothstep(0.0, 0.6, S_orb) * (1.0 - smoothstep(0.93, 1.0, S_orb_flight));
    float light = near * edge * mix(stir, 1.0, star) * (0.85 + 0.3 * S_orb_pulse) * there;
    light *= mix(0.62, 0.30, S_memory_glow) + 1.2 * star;
    color = vec4(mix(srgb(0x5AA0E6), srgb(0x9FD4FF), near) * light, 0.0);
}
