#version 330
// A strand of a tendril, or the shade of it on the stone.
#pragma include "lib/smoke.glsl"
in float v_across;
in vec4 v_self;
in float v_thick;
in vec3 v_point;
flat in float v_shade;
out vec4 color;

void main() {
    float t = v_self.w, x = v_across;
    float present = (1.0 - smoothstep(0.80, 1.0, t)) * smoothstep(0.1, 0.45, v_self.y);
    if (v_shade > 0.5) {
        present *= smoothstep(0.08, 0.3, t) * (1.0 - smoothstep(0.5, 0.68, t));
        float dark = 0.36 * present * v_thick * exp(-x * x * 3.0) * (1.0 - x * x);
        color = vec4(srgb(0x171028) * 0.3 * dark, dark);
        return;
    }
    present *= v_thick * smoothstep(-0.01, 0.07, v_point.z) * smoothstep(0.35, 1.0, distance(v_point, eye()));
    float thick = wisp(t, x, 2.4, v_self.x, S_breath * 0.035) * present;
    color = smoke(thick, v_point, v_self.z);
}
