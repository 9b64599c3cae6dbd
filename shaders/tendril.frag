#version 330
// The sheet of a tendril, or its shade on the stone. A thin sheet of smoke hides by how much of it
// lies in the line of sight: little where it is wide and faces the eye, much where it is narrow or
// turns its edge; so its folds draw themselves as silk does.
#pragma include "lib/smoke.glsl"
in vec2 v_corner;
in vec3 v_self;
in vec3 v_point;
in vec3 v_spread;
flat in float v_shade;
out vec4 color;

const float AMOUNT = 0.300;   // optical depth times metres of width
const float THINNEST = 0.150; // metres: narrower it is seen as less, or its folds would be lines

void main() {
    float t = v_corner.x, x = v_corner.y;
    float there = smoothstep(0.03, 0.42, t) * (1.0 - smoothstep(0.45, 1.0, t)) * smoothstep(0.05, 0.6, v_self.y);
    float soft = max(1.0 - x * x, 0.0);
    if (v_shade > 0.5) {
        float dark = 0.22 * there * soft * soft;
        color = vec4(srgb(0x171028) * 0.3 * dark, dark);
        return;
    }
    float drawn = textureLod(u_smoke, vec2(x * 0.035 + v_self.x * 5.3, t * 0.30 - S_breath * 0.012 + v_self.x), 0.5).w;
    float fibres = textureLod(u_smoke, vec2(x * 0.11 + v_self.x * 9.1, t * 0.10 - S_breath * 0.010), 0.7).w;
    there *= soft * soft * (0.15 + 1.1 * drawn * drawn + 1.0 * fibres * fibres + 0.25 * drawn);
    there *= smoothstep(-0.02, 0.06, v_point.z) * smoothstep(0.35, 1.0, distance(v_point, eye()));
    vec3 view = normalize(v_point - eye());
    float seen = abs(dot(v_spread, view));
    color = smoke(there * AMOUNT * seen / (seen * seen + THINNEST * THINNEST), v_point, v_self.z);
}
