#version 330
// The skin of the visitor's feet: the hand's, colder, with the dust of the court on it.
#pragma include "lib/living.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_flesh;
in vec3 v_open;
in vec2 v_nail;
out vec4 color;

const float DEEPEST = 0.03;  // metres; twin of models/visitor/hand.py
const vec3 COLD = vec3(1.06, 1.26, 1.28);  // bloodless beside the hand, on cold stone

void main() {
    dissolve_discard(v_point);
    vec3 v = normalize(eye() - v_point);
    Flesh f;
    Surface s;
    vec3 n = normalize(v_normal);
    float mottle = value_noise(v_rest * 95.0) * 0.6 + value_noise(v_rest * 230.0) * 0.4, broad = value_noise(v_rest * 38.0);
    float blood = clamp(v_flesh.z + 0.22 * (broad - 0.5), 0.0, 1.0);
    vec3 c = mix(srgb(0xBCA49C), srgb(0xB8665C), 0.85 * blood * (0.75 + 0.5 * mottle));
    c *= (0.93 + 0.14 * mottle) * COLD;
    float vein = 1.0 - abs(2.0 * value_noise(v_rest * vec3(52.0, 15.0, 30.0) + 3.0) - 1.0);
    c = mix(c, srgb(0x7A7590), 0.05 * pow(vein, 9.0) * (1.0 - smoothstep(0.09, 0.13, v_rest.y)));
    c = mix(c, COLD * srgb(0xA5705F), 0.40 * (1.0 - smoothstep(0.35, 0.75, v_flesh.x)));  // folds keep their warmth
    c *= mix(1.20, 0.42, smoothstep(-0.02, 0.24, v_rest.z));  // the shin is in the robe's shade
    float dust = 1.0 - smoothstep(-0.069, -0.060, v_rest.z + 0.008 * (broad - 0.5));
    c = mix(c, srgb(0x6E5560), 0.55 * dust * (0.6 + 0.8 * mottle));
    // The plate of the nail, its pale moon and its free edge.
    vec2 k = v_nail;
    float wide = length(vec2(abs(k.x), max(abs(k.y) - 0.35, 0.0) / 0.65)), nail = 1.0 - smoothstep(0.86, 1.0, wide);
    float moon = 1.0 - smoothstep(0.38, 0.50, length(vec2(k.x * 0.75, k.y + 1.0))), edge = smoothstep(0.62, 0.76, k.y + 0.12 * k.x * k.x);
    c = mix(c, COLD * mix(srgb(0xC58E86), srgb(0xECDCD4), clamp(0.7 * moon + edge, 0.0, 1.0)), nail);
    c *= 1.0 - 0.55 * smoothstep(0.84, 1.0, wide) * (1.0 - smoothstep(1.0, 1.25, wide));
    s.normal = n;
    s.albedo = c;
    s.roughness = mix(0.50 + 0.10 * mottle + 0.2 * dust, 0.26, nail);
    s.ao = mix(0.35, 1.0, pow(v_flesh.x, 0.62));  // light goes to and fro between toes
    s.glow = 0.55 * c * sky_light(n) * s.ao;  // pale things gather what light there is in the mist's shade
    s.thin = 0.0;
    f.open = normalize(v_open);
    f.surface = s;
    f.depth = max(v_flesh.y, 0.06) * DEEPEST;
    color = vec4(living_light(f, v_point, v) + dissolve_edge(v_point), 1.0);
}
