#version 330
// Silver mist as thin as cloth: thicker where it turns from the eye, and soft where it ends.
#pragma include "lib/smoke.glsl"
#pragma include "lib/bow.glsl"
in vec2 v_corner;
in vec3 v_point;
in vec3 v_normal;
in float v_sun;
out vec4 color;

void main() {
    vec3 away = normalize(v_point - eye());
    float v = v_corner.y, slant = abs(dot(normalize(v_normal), away));
    float flow = S_breath * 0.03;
    vec4 broad = texture(u_clouds, vec2(v_corner.x * 3.0, v * 0.35 - flow));
    vec4 fine = texture(u_clouds, vec2(v_corner.x * 17.0, v * 0.22 - 2.0 * flow) + 0.03 * broad.xy);
    float fibre = 0.16 + 0.8 * fine.z * fine.z;
    float torn = smoothstep(0.0, 0.35, broad.x + 0.9 - 1.1 * v) * (1.0 - smoothstep(0.75, 1.0, v - 0.35 * (broad.y - 0.5)));
    torn *= 0.25 + 0.75 * smoothstep(0.25, 0.6, broad.y);
    float foot = smoothstep(0.0, 0.2, v) * smoothstep(-0.01, 0.08, v_point.z);
    float near = smoothstep(0.3, 1.6, distance(v_point, eye()));
    float thick = fibre * torn * foot * near * min(0.34 / (slant + 0.12), 1.6) * rim_there() * smoothstep(0.0, 0.4, slant);
    color = smoke(thick * 1.5, v_point, v_sun);
}
