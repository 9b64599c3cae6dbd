#version 330
// The visitor's robe: the wool of their sleeve, from the height of their eyes.
#pragma include "lib/living.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_point;
in vec3 v_normal;
in vec2 v_open;
in vec3 v_weave;
uniform vec2 u_stance;  // unit vector to the visitor's right
out vec4 color;

void main() {
    dissolve_discard(v_point);
    vec2 at = v_weave.xy;
    float thread = value_noise(vec3(at * vec2(330.0, 26.0), 3.0)), back = value_noise(vec3(at * 64.0, 9.0));
    if (v_weave.z < 0.0030 + 0.0070 * back + 0.0240 * thread * thread * thread) discard;
    vec3 v = normalize(eye() - v_point);
    bool lining = !gl_FrontFacing;
    float grain = value_noise(vec3(at * 26.0, 40.0)), worn = value_noise(vec3(at * 7.0, 17.0));
    float weft = value_noise(vec3(at * vec2(90.0, 700.0), 1.0));
    vec3 n = normalize(lining ? -v_normal : v_normal);
    float crumple = value_noise(vec3(at * vec2(34.0, 7.0), 5.0)) + 0.5 * value_noise(vec3(at * vec2(80.0, 22.0), 6.0));
    n = normalize(n + 0.40 * (crumple - 0.75) * vec3(u_stance, 0.3) + 0.10 * (weft - 0.5) + 0.08 * (grain - 0.5));
    float open = lining ? v_open.y : v_open.x;
    vec3 c = vec3(0.44, 0.58, 0.80) * srgb(0x3A3240) * mix(0.22, 1.05, smoothstep(0.20, 0.90, open));
    c *= (0.70 + 0.34 * grain + 0.30 * worn) * (1.0 + 0.30 * (weft - 0.5)) * mix(0.50, 1.30, smoothstep(0.35, 1.1, crumple));
    c *= mix(1.15, 0.45, smoothstep(0.15, 0.75, v_point.z));  // the eye goes to what stands in the light
    c = mix(c, srgb(0x7C7480) * 0.30, 0.40 * (1.0 - smoothstep(0.0, 0.035, v_weave.z)) * (0.5 + worn));  // dusty at the edge
    vec2 cloth = at * 520.0, wide = fwidth(cloth);
    vec2 strand = 0.5 + 0.5 * cos(6.2831853 * cloth);
    c *= 1.0 + 0.30 * (max(strand.x, strand.y) - 0.7) * (1.0 - smoothstep(0.25, 0.55, max(wide.x, wide.y)));
    Surface s;
    s.albedo = min(c * (1.0 + 1.1 * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0)), vec3(0.13));
    s.normal = n;
    s.roughness = 0.86;
    s.ao = mix(open * open, open, 0.3);
    s.thin = mix(0.12, 0.5, 1.0 - smoothstep(0.0, 0.03, v_weave.z));
    s.glow = vec3(0.0);
    color = vec4(worn_light(s, v_point, v) + dissolve_edge(v_point), 1.0);
}
