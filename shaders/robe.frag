#version 330
// The visitor's robe: the wool of their sleeve, from the height of their eyes.
#pragma include "lib/wool.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/weave.glsl"
#pragma include "lib/bump.glsl"
in vec3 v_point;
in vec3 v_normal;
in vec2 v_open;
in vec3 v_weave;
out vec4 color;

const float SEED = 0.37;

void main() {
    dissolve_discard(v_point);
    vec2 at = v_weave.xy;
    // It ends in its own loose threads, each as long as it is.
    float thread = value_noise(vec3(at.x * 900.0, at.y * 9.0, 3.0)), tuft = value_noise(vec3(at * vec2(46.0, 9.0), 5.0));
    float gone = 0.0025 + 0.016 * thread * thread * (0.25 + tuft);
    if (gone > v_weave.z) discard;
    vec3 v = normalize(eye() - v_point);
    bool lining = !gl_FrontFacing;
    float grain = value_noise(vec3(at * 26.0, 40.0)), worn = value_noise(vec3(at * 7.0, 17.0));
    // Creases cross its folds aslant; the hem is turned up and sewn, so that it has an edge.
    float crumple = value_noise(vec3(at.x * 13.0 + at.y * 5.0, at.y * 9.0, 5.0)) + 0.4 * value_noise(vec3(at.x * 31.0 - at.y * 12.0, at.y * 23.0, 6.0));
    float sewn = 1.0 - smoothstep(0.017, 0.021, v_weave.z + 0.003 * grain), seam = exp(-pow((v_weave.z - 0.021) / 0.0022, 2.0));
    vec3 n = bumped(normalize(lining ? -v_normal : v_normal), v_point, 0.0085 * crumple + 0.0016 * sewn);
    vec3 woven_ = threads(Weave(640.0, 0.0, 0.5, 0.35), at, SEED), patch_ = darned(at * 1.2 + vec2(0.21, 0.07), SEED);
    float open = lining ? v_open.y : v_open.x, high = smoothstep(0.25, 0.95, open);
    vec3 c = vec3(0.33, 0.47, 0.68) * mix(srgb(0x4A444F), srgb(0x5E4C48), smoothstep(0.3, 0.7, worn + 0.3 * (grain - 0.5)));
    c = mix(c, srgb(0x4C5064), 0.6 * patch_.x) * (1.0 - 0.7 * patch_.z);
    c *= mix(0.10, 1.30, high * high) * (0.72 + 0.56 * grain) * (0.8 + 0.4 * value_noise(vec3(at * 210.0, 8.0))) * (1.0 + 1.4 * woven_.x) * (1.0 - 0.45 * seam);
    // Dust of the court has gone up into the hem.
    float dust = exp(-v_weave.z / 0.045) * (0.35 + 0.65 * grain);
    c = mix(c, srgb(0x77707C), 0.42 * dust * mix(0.4, 1.0, high));
    c *= mix(1.0, 0.55, smoothstep(0.15, 0.70, v_point.z));  // the eye goes to what stands in the light
    Surface s;
    s.albedo = c;
    s.normal = n;
    s.roughness = 0.86;
    s.ao = mix(open * open, open, 0.2);
    s.thin = mix(0.10, 0.5, 1.0 - smoothstep(0.0, 0.025, v_weave.z));
    s.glow = vec3(0.0);
    color = vec4(wool_light(s, v_point, v) + dissolve_edge(v_point), 1.0);
}
