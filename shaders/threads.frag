#version 330
// A thread of flame: a bright head, a tail that cools, a filament that stays.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
in vec2 v_corner;
in vec4 v_thread;
out vec4 color;

void main() {
    float t = v_corner.x, across = v_corner.y;
    float head = v_thread.x;
    float behind = head - t;
    if (behind < -0.06) discard;
    float flame = exp(-pow(min(behind, 0.0) / 0.03, 2.0)) * exp(-max(behind, 0.0) * 7.0) * step(head, 1.6);
    float tail = smoothstep(0.0, 0.05, behind) * (0.05 + 0.34 * v_thread.y);
    float at = across * v_thread.w;
    float thin = exp(-at * at / 0.55);
    float wide = exp(-across * across * 6.0) * (1.0 - across * across);
    float ends = smoothstep(0.0, 0.10, t) * (1.0 - smoothstep(0.90, 1.0, t));
    vec3 c = srgb(0xFFE3B8) * flame * (thin * 2.6 + wide * 0.10);
    c += mix(srgb(0xFF7E6B), srgb(0xFFB48A), v_thread.y) * tail * (thin + wide * 0.12);
    color = vec4(c * ends * (1.0 - 0.9 * S_last_dawn), 0.0);
}
