#version 330
// A strand of vapour: a twisting wisp, silver that turns blue where the orb lights it.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/wisp.glsl"
in vec2 v_corner;
in vec3 v_strand;
out vec4 color;
const float BEFORE = 0.35;  // strands that come before the fingers; twin of vapour.vert

void main() {
    float t = v_corner.x;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float ends = smoothstep(0.0, 0.14, t) * (1.0 - smoothstep(0.985, 1.0, t));
    float near = smoothstep(0.12, 0.35, v_strand.y);
    float thick = wisp(t, v_corner.y, 4.0, v_strand.z, S_breath * 0.10) * ends * head * near;
    float alpha = 1.0 - exp(-thick * mix(1.5, 2.4, t) * smoothstep(0.0, 0.25, S_gather));
    // Where a strand comes forward it is gone for a moment, or it would be seen to jump.
    if (v_strand.z < BEFORE) alpha *= mix(smoothstep(0.80, 0.92, t), 1.0 - smoothstep(0.62, 0.79, t), step(t, 0.795));
    // Near the fingers it is thin and glows rather than hides.
    float last = smoothstep(0.62, 0.98, t);
    alpha *= 1.0 - 0.62 * last;
    vec3 silver = srgb(0xC8D0DA) * vec3(0.86, 0.87, 1.0);
    vec3 lit = mix(silver, srgb(0x9FD4FF) * 1.35, smoothstep(0.55, 1.0, t) * (0.25 + 0.75 * S_orb_light));
    color = vec4(lit * alpha, alpha * mix(0.8, 0.30, last));
}
