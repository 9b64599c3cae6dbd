#version 330
// Breath seen in the cold: a puff that leaves each face, grows, trembles and thins.
#pragma include "lib/light.glsl"
in vec4 p3d_Vertex;   // the face, metres
in vec3 p3d_Normal;   // the way that it looks
in vec2 corner;
in float phase;
out vec2 v_corner;
out vec3 v_light;
out vec2 v_own;  // phase, how far through the breath

void main() {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    v_corner = corner;
    float cycle = fract(S_breath * 1.45 / (2.0 * PI) + phase * 3.1);
    v_own = vec2(phase, cycle);
    v_light = vec3(0.0);
    // The hush passes outward and holds every breath for a while.
    float hushed = smoothstep(-1.0, 1.0, S_hush_front - length(p3d_Vertex.xy)) * (1.0 - smoothstep(20.0, 40.0, S_hush_front));
    float amount = S_vapour * (1.0 - 0.85 * hushed) * (1.0 - S_held);
    vec3 from = eye();
    float range = distance(from, p3d_Vertex.xyz);
    if (amount <= 0.0 || range > 18.0 || S_dissolve > 0.0) return;
    float out_by = cycle * (0.30 + 0.12 * sin(phase * 40.0));
    vec3 p = p3d_Vertex.xyz + p3d_Normal * (0.06 + out_by) + vec3(0.05, 0.03, 0.16) * cycle;
    p += 0.012 * vec3(sin(S_breath * 11.0 + phase * 9.0), cos(S_breath * 9.0 + phase * 5.0), 0.0);
    float size = 0.035 + 0.16 * sqrt(cycle);
    vec3 away = normalize(from - p);
    vec3 right = normalize(cross(vec3(0.0, 0.0, 1.0), away));
    vec3 up = cross(away, right);
    p += (right * corner.x + up * corner.y) * size;
    float life = smoothstep(0.0, 0.12, cycle) * pow(1.0 - cycle, 1.6);
    float through = pow(max(dot(-away, SUN_DIR), 0.0), 6.0);
    vec3 sun = SUN_LIGHT * sunlight(p, vec3(0.0)) * (0.035 + 0.14 * through);
    v_light = (sun + sky_light(vec3(0.0, 0.0, 1.0)) * 0.45) * life * amount * (1.0 - smoothstep(9.0, 18.0, range)) * 0.55;
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
