#version 330
// The visitor's torn sleeve: the wool that the mourners wear, looked at closely.
#pragma include "lib/living.glsl"
in vec3 v_point;
in vec3 v_normal;
in vec2 v_open;
in vec3 v_weave;
out vec4 color;

void main() {
    vec2 at = v_weave.xy;
    // Frayed: worn back unevenly, and of the last of it only threads are left.
    float thread = value_noise(vec3(at * 520.0, 3.0)), back = value_noise(vec3(at * 64.0, 9.0));
    if (v_weave.z < 0.0030 + 0.0045 * back + 0.0016 * thread) discard;
    vec3 v = normalize(eye() - v_point);
    bool lining = !gl_FrontFacing;
    float grain = value_noise(vec3(at * 26.0, 40.0)), worn = value_noise(vec3(at * 7.0, 17.0));
    float weft = value_noise(vec3(at * vec2(120.0, 1500.0), 1.0));
    float warp = value_noise(vec3(at * vec2(1500.0, 120.0), 2.0));
    vec3 n = normalize(lining ? -v_normal : v_normal);
    n = normalize(n + 0.13 * (vec3(weft, warp, 0.5 * (weft + warp)) - 0.5) + 0.08 * (grain - 0.5));
    float open = lining ? v_open.y : v_open.x;
    vec3 c = 1.5 * srgb(0x3A2F3C) * mix(0.42, 1.0, smoothstep(0.0, 0.75, open));
    c *= (0.70 + 0.34 * grain + 0.30 * worn) * (1.0 + 0.20 * (weft + warp - 1.0));
    c = mix(c, srgb(0x8A7C74) * 0.42, 0.45 * (1.0 - smoothstep(0.0, 0.05, v_weave.z)) * (0.5 + worn));  // worn and dusty at the edge
    Surface s;
    s.albedo = min(c * (1.0 + 1.1 * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0)), vec3(0.13));
    s.normal = n;
    s.roughness = 0.86;
    s.ao = mix(open, 1.0, 0.15);
    s.thin = mix(0.14, 0.75, 1.0 - smoothstep(0.0, 0.045, v_weave.z));
    s.glow = vec3(0.0);
    color = vec4(worn_light(s, v_point, v), 1.0);
}
