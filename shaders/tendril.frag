#version 330
// The shade of a tendril on the stone, violet rather than black.
#pragma include "lib/color.glsl"
in vec2 v_corner;
in float v_head;
out vec4 color;

void main() {
    float t = v_corner.x, soft = 1.0 - v_corner.y * v_corner.y;
    float dark = 0.34 * smoothstep(0.03, 0.30, t) * (1.0 - smoothstep(0.5, 1.0, t)) * smoothstep(0.05, 0.6, v_head) * soft * soft;
    color = vec4(srgb(0x171028) * 0.3 * dark, dark);
}
