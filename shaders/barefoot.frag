#version 330
// The skin of the visitor's feet: the hand's, colder, with the dust of the court on it.
#pragma include "lib/living.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_flesh;
in vec3 v_open;
out vec4 color;

const float DEEPEST = 0.03;  // metres; twin of models/hand.py
const vec3 COLD = vec3(0.80, 0.98, 1.10);  // bloodless beside the hand, on cold stone
// Nails, seen from above: middle (x, y) and half their width and length, metres.
const vec4 NAILS[5] = vec4[](
    vec4(-0.0325, 0.1750, 0.0084, 0.0082), vec4(-0.0071, 0.1760, 0.0055, 0.0053), vec4(0.0112, 0.1660, 0.0051, 0.0050),
    vec4(0.0271, 0.1510, 0.0050, 0.0048), vec4(0.0410, 0.1320, 0.0050, 0.0048));

void main() {
    dissolve_discard(v_point);
    vec3 v = normalize(eye() - v_point);
    Flesh f;
    Surface s;
    vec3 n = normalize(v_normal);
    float mottle = value_noise(v_rest * 95.0) * 0.6 + value_noise(v_rest * 230.0) * 0.4, broad = value_noise(v_rest * 38.0);
    float blood = clamp(v_flesh.z + 0.34 * (broad - 0.5), 0.0, 1.0);
    vec3 c = mix(srgb(0xC4A496), srgb(0xB8766C), 0.55 * blood * (0.75 + 0.5 * mottle));
    c *= (0.88 + 0.24 * mottle) * COLD;
    float vein = 1.0 - abs(2.0 * value_noise(v_rest * vec3(52.0, 15.0, 30.0) + 3.0) - 1.0);
    c = mix(c, srgb(0x7A7590), 0.30 * pow(vein, 9.0) * (1.0 - smoothstep(0.09, 0.13, v_rest.y)));
    c = mix(c, COLD * srgb(0xA5705F), 0.40 * (1.0 - smoothstep(0.35, 0.75, v_flesh.x)));  // folds keep their warmth
    c *= mix(1.20, 0.42, smoothstep(-0.02, 0.24, v_rest.z));  // the shin is in the robe's shade
    float dust = 1.0 - smoothstep(-0.066, -0.045, v_rest.z + 0.012 * (broad - 0.5));
    c = mix(c, srgb(0x6E5560), 0.55 * dust * (0.6 + 0.8 * mottle));
    float wide = 9.0, edge = 0.0;
    for (int i = 0; i < 5; ++i) {
        vec2 k = (v_rest.xy - NAILS[i].xy) / NAILS[i].zw;
        float here = length(vec2(k.x, max(abs(k.y) - 0.35, 0.0) / 0.65));
        edge = here < wide ? smoothstep(0.55, 0.80, k.y) : edge;
        wide = min(wide, here);
    }
    float up = smoothstep(0.05, 0.35, n.z), nail = (1.0 - smoothstep(0.85, 1.0, wide)) * up;
    c = mix(c, COLD * mix(srgb(0xC9A096), srgb(0xD8C0B6), edge), nail);
    c *= 1.0 - 0.30 * up * smoothstep(0.84, 1.0, wide) * (1.0 - smoothstep(1.0, 1.25, wide));
    s.normal = n;
    s.albedo = c;
    s.roughness = mix(0.50 + 0.10 * mottle + 0.2 * dust, 0.26, nail);
    s.ao = v_flesh.x;
    s.glow = vec3(0.0);
    s.thin = 0.0;
    f.open = normalize(v_open);
    f.surface = s;
    f.depth = max(v_flesh.y, 0.06) * DEEPEST;
    color = vec4(living_light(f, v_point, v) + dissolve_edge(v_point), 1.0);
}
