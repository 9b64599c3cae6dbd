#version 330
// A strand of vapour: soft across, torn along, silver that turns blue where the orb lights it.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec3 v_strand;
out vec4 color;
const float BEFORE = 0.35;  // strands that come before the fingers; twin of vapour.vert

void main() {
    float t = v_corner.x, across = v_corner.y;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float flow = S_breath * 0.35;
    float torn = fbm(vec3(t * 9.0 - flow, across * 0.9, v_strand.z * 57.0), 3);
    float fine = value_noise(vec3(t * 34.0 - flow * 3.0, across * 2.2 + torn * 2.0, v_strand.z * 91.0));
    float across_soft = exp(-across * across * 3.2) * (1.0 - across * across);
    float ends = smoothstep(0.0, 0.16, t) * (1.0 - smoothstep(0.985, 1.0, t));
    float near = smoothstep(0.12, 0.45, v_strand.y);
    float alpha = smoothstep(0.28, 0.72, torn) * (0.55 + 0.6 * fine) * across_soft * ends * head * near;
    alpha *= mix(0.30, 0.55, t) * smoothstep(0.0, 0.25, S_gather);
    // Where a strand comes forward it is gone for a moment, or it would be seen to jump.
    if (v_strand.z < BEFORE) alpha *= mix(smoothstep(0.80, 0.92, t), 1.0 - smoothstep(0.62, 0.79, t), step(t, 0.795));
    vec3 silver = srgb(0xC8D0DA) * vec3(0.40, 0.38, 0.50);
    vec3 lit = mix(silver, srgb(0x9FD4FF) * 1.15, smoothstep(0.35, 1.0, t) * (0.35 + 0.65 * S_orb_light));
    color = vec4(lit * alpha, alpha * 0.55);
}
