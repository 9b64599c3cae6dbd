#version 330
// The visitor's robe for machines without a graphics card: its folds, and no weave.
#pragma include "../lib/wool.glsl"
#pragma include "../lib/dissolve.glsl"
in vec3 v_point;
in vec3 v_normal;
in vec2 v_open;
in vec3 v_weave;
out vec4 color;

void main() {
    dissolve_discard(v_point);
    vec2 at = v_weave.xy;
    float thread = value_noise(vec3(at * vec2(330.0, 26.0), 3.0));
    if (v_weave.z < 0.0065 + 0.0240 * thread * thread * thread) discard;
    bool lining = !gl_FrontFacing;
    float crumple = value_noise(vec3(at * vec2(42.0, 6.0), 5.0));
    float open = lining ? v_open.y : v_open.x, high = smoothstep(0.30, 0.95, open);
    Surface s;
    s.albedo = vec3(0.33, 0.47, 0.68) * srgb(0x544848) * mix(0.10, 1.30, high * high) * mix(0.85, 1.15, crumple);
    s.albedo *= mix(1.0, 0.5, smoothstep(0.25, 0.80, v_point.z));
    s.normal = normalize(lining ? -v_normal : v_normal);
    s.roughness = 0.86;
    s.ao = mix(open * open, open, 0.3);
    s.thin = 0.10;
    s.glow = vec3(0.0);
    color = vec4(wool_light(s, v_point, normalize(eye() - v_point)), 1.0);
}
