#version 330
// A plume of silver smoke that streams up and is torn at its end.
#pragma include "lib/smoke.glsl"
in float v_across;
in vec4 v_self;
in vec3 v_point;
out vec4 color;

void main() {
    float t = v_self.w;
    float ends = smoothstep(-0.03, 0.05, v_point.z) * (1.0 - smoothstep(0.15, 1.0, t));
    float near = smoothstep(0.3, 1.0, distance(v_point, eye()));
    float thick = wisp(t, v_across, 1.6, v_self.x, S_breath * 0.045) * ends * near * v_self.y;
    color = smoke(thick * 0.7, v_point, v_self.z);
}
