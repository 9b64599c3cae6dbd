#version 330
// A strand of vapour: a veil with threads in it, silver that turns blue where the orb lights it.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec3 v_strand;
out vec4 color;
const float BEFORE = 0.35;  // strands that come before the fingers; twin of vapour.vert

void main() {
    float t = v_corner.x;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float ends = smoothstep(0.10, 0.85, t) * (1.0 - smoothstep(0.95, 1.0, t));
    float near = smoothstep(0.12, 0.35, v_strand.y);
    // Two or three threads in a veil, drawn out along it; they part and meet again.
    float x = v_corner.y, soft = max(1.0 - x * x, 0.0);
    float flow = S_breath * 0.05;
    float veil = textureLod(u_smoke, vec2(v_strand.z * 7.3 + 0.05 * x, t * 0.9 - flow), 1.5).w;
    float middle = 0.45 * sin(6.0 * t + v_strand.z * 50.0 - 3.0 * flow), other = 0.5 * sin(4.3 * t + v_strand.z * 31.0 + 2.0);
    float threads = exp(-(x - middle) * (x - middle) * 30.0) + 0.6 * exp(-(x - other) * (x - other) * 60.0);
    float thick = soft * soft * (0.10 + 0.55 * veil + mix(0.07, 0.55, smoothstep(0.6, 0.95, t)) * threads * (0.4 + veil)) * ends * head * near;
    float alpha = 1.0 - exp(-thick * mix(1.9, 1.1, t) * smoothstep(0.0, 0.25, S_gather));
    // Where a strand comes forward it is gone for a moment, or it would be seen to jump.
    if (v_strand.z < BEFORE) alpha *= mix(smoothstep(0.80, 0.92, t), 1.0 - smoothstep(0.62, 0.79, t), step(t, 0.795));
    // Near the fingers it is thin and glows rather than hides.
    float last = smoothstep(0.62, 0.98, t);
    alpha *= 1.0 - 0.62 * last;
    vec3 silver = srgb(0xC8D0DA) * vec3(0.86, 0.87, 1.0);
    // Only the orb makes it bright: far from that it is as dim as the mist.
    silver *= mix(0.45, 1.0, smoothstep(0.40, 0.95, t));
    vec3 lit = mix(silver, srgb(0x9FD4FF) * 1.35, smoothstep(0.55, 1.0, t) * (0.25 + 0.75 * S_orb_light));
    color = vec4(lit * alpha, alpha * mix(0.8, 0.30, last));
}
