#version 330
// A strand of vapour: a twisting wisp, silver that turns blue where the orb lights it.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/wisp.glsl"
in vec2 v_corner;
in vec3 v_strand;
out vec4 color;

void main() {
    float t = v_corner.x;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float ends = smoothstep(0.0, 0.14, t) * (1.0 - smoothstep(0.985, 1.0, t));
    float near = smoothstep(0.12, 0.35, v_strand.y);
    float thick = wisp(t, v_corner.y, 4.0, v_strand.z, S_breath * 0.10) * ends * head * near;
    float alpha = 1.0 - exp(-thick * mix(1.5, 2.4, t) * smoothstep(0.0, 0.25, S_gather));
    vec3 silver = srgb(0xC8D0DA) * vec3(0.86, 0.87, 1.0);
    vec3 lit = mix(silver, srgb(0x9FD4FF) * 1.5, smoothstep(0.45, 1.0, t) * (0.35 + 0.65 * S_orb_light));
    color = vec4(lit * alpha, alpha * 0.8);
}
