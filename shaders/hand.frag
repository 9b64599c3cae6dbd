#version 330
// The visitor's own skin and nails.
#pragma include "lib/living.glsl"
#pragma include "lib/bump.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec2 v_nail;
in vec2 v_finger;
in vec4 v_flesh;
in vec3 v_open;
flat in vec3 v_ball;
out vec4 color;

const float DEEPEST = 0.03;   // metres; twin of models/visitor/hand.py
const float SLEEVE = -0.104;  // along the forearm, metres: where it clings, between low and raised; see models/visitor/sleeve.py

// Height of the skin's own lines, millimetres: folds over and inside the joints, and pores.
float furrows(vec3 rest, vec2 at) {
    float joint = at.x - round(at.x), which = step(0.6, at.x) * step(at.x, 2.4);
    float wander = value_noise(rest * 260.0) - 0.5;
    float lines = 0.5 + 0.5 * cos((joint + 0.012 * wander) * 6.2831853 * 16.0);
    float back = smoothstep(0.2, 0.8, at.y), inside = 1.0 - smoothstep(-0.6, -0.1, at.y);
    float h = -0.10 * back * lines * lines * exp(-joint * joint * 160.0) * which;
    h -= 0.16 * inside * exp(-pow((joint + 0.01 * wander) / 0.05, 2.0)) * which;
    return h + 0.012 * value_noise(rest * 800.0) + 0.012 * value_noise(rest * 1900.0);
}

// The ball rests: skin that it lies on is shaded beside it, below where it is seen.
vec3 rested() {
    vec2 off = (gl_FragCoord.xy - v_ball.xy) / v_ball.z;
    float r = length(off), gap = max(r - 0.97, 0.0) / 0.15;
    float whole = smoothstep(0.8, 1.0, S_orb) * (1.0 - smoothstep(0.0, 0.15, S_orb_flight));
    float shade = exp(-gap * gap) * smoothstep(0.25, 0.95, -off.y / max(r, 1e-3)) * whole;
    return mix(vec3(1.0), vec3(0.44, 0.34, 0.36), shade);
}

void main() {
    vec3 v = normalize(eye() - v_point);
    Flesh f;
    Surface s;
    vec3 n = normalize(v_normal);
    float palm = 1.0 - smoothstep(-0.35, 0.25, v_finger.y);
    float mottle = fbm(v_rest * 95.0, 3), broad = value_noise(v_rest * 38.0);
    float blood = clamp(v_flesh.z + 0.30 * (broad - 0.5), 0.0, 1.0);
    blood *= 1.0 - 0.65 * smoothstep(2.1, 2.8, v_finger.x);
    vec3 c = mix(srgb(0xBC8A70), srgb(0xCB9480), palm);
    c = mix(c, srgb(0xB4685A), 0.28 * blood * (0.75 + 0.5 * mottle));
    c *= 0.90 + 0.20 * mottle;
    // Veins shine blue through the inside of the wrist and the back of the hand.
    float vein = 1.0 - abs(2.0 * value_noise(v_rest * vec3(62.0, 11.0, 62.0) + 3.0) - 1.0);
    float thin_skin = (1.0 - smoothstep(-0.02, 0.06, v_rest.y)) + 0.6 * (1.0 - palm) * (1.0 - smoothstep(0.05, 0.09, v_rest.y));
    c = mix(c, srgb(0x7A7590), 0.26 * pow(vein, 10.0) * min(thin_skin, 1.0));
    c = mix(c, srgb(0xA5705F), 0.40 * (1.0 - smoothstep(0.35, 0.75, v_flesh.x)));  // folds keep their warmth
    // Creases of the palm, and of each joint's inner side.
    float joint = v_finger.x - round(v_finger.x);
    float fold = exp(-pow(joint / 0.06, 2.0)) * palm * step(0.6, v_finger.x) * step(v_finger.x, 2.4);
    c *= mix(vec3(1.0), vec3(0.62, 0.46, 0.44), max(v_flesh.w, 0.34 * fold));
    // The plate of the nail, its pale moon and its free edge.
    vec2 k = v_nail;
    float wide = length(vec2(abs(k.x), max(abs(k.y) - 0.35, 0.0) / 0.65));
    float nail = 1.0 - smoothstep(0.90, 1.0, wide);
    float moon = 1.0 - smoothstep(0.38, 0.46, length(vec2(k.x * 0.75, k.y + 1.0)));
    float edge = smoothstep(0.66, 0.74, k.y + 0.12 * k.x * k.x);
    vec3 plate = mix(srgb(0xC98D82), srgb(0xD8B4A8), clamp(0.75 * moon + edge, 0.0, 1.0));
    float cuticle = smoothstep(0.86, 0.97, wide) * (1.0 - smoothstep(1.02, 1.16, wide));
    c = mix(mix(c, plate, nail), c * 0.72, 0.6 * cuticle);
    float height = mix(furrows(v_rest, v_finger), 0.0, nail);
    s.normal = bumped(n, v_point, height * 0.001);
    s.albedo = c;
    s.roughness = mix(0.47 + 0.10 * mottle, 0.24, nail);
    s.ao = v_flesh.x * mix(0.40, 1.0, smoothstep(SLEEVE - 0.02, SLEEVE + 0.035, v_rest.y));
    s.glow = vec3(0.0);
    s.thin = 0.0;
    f.open = normalize(v_open);
    f.surface = s;
    f.depth = max(v_flesh.y, 0.06) * DEEPEST;
    color = vec4(living_light(f, v_point, v) * rested(), 1.0);
}
