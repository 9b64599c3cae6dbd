#version 330
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec3 v_light;
in vec2 v_own;
out vec4 color;

void main() {
    float r = dot(v_corner, v_corner);
    vec2 at = v_corner * 0.07 + vec2(v_own.x * 7.0, v_own.x * 3.0 - v_own.y * 0.05);
    float torn = smoothstep(0.25, 0.8, texture(u_clouds, at).x);
    color = vec4(v_light * exp(-3.2 * r) * (1.0 - smoothstep(0.5, 1.0, r)) * (0.35 + 0.9 * torn), 1.0);
}
