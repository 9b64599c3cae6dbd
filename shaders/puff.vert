#version 330
// A puff of smoke that streams along a tendril: it wells up small and thick in the crack, swells as
// it winds about the visitor, turns, and comes apart.
#pragma include "lib/tendril.glsl"
in vec4 p3d_Vertex;   // which square, from the visitor's; which of its puffs, 0..1
in vec2 corner;       // -1..1 each way
out vec2 v_uv;
out vec3 v_point;
flat out vec3 v_self;   // how thick, share of the sun, its own number
flat out vec3 v_sun;    // which way the sun is, as the card sees it: right, up, to the eye
flat out vec3 v_zenith;

const float STREAMS = 0.046;      // of its way in a second
const vec2 PUFFS = vec2(4.0, 2.0);  // in the picture; twin of models/place/puffs.py
const vec3 FOOT = vec3(0.095, 0.24, 0.15);  // a foot's toes: aside, ahead on the right, on the left
const vec2 LONG = vec2(1.6, 3.6);  // how much longer than wide: a heap, a veil
const float HEAPS = 6.0;            // of the pictures; the others are veils

// Toes stay to be seen: how much of the smoke lies over neither foot.
float bare(vec3 p) {
    vec2 from = p.xy - u_feet;
    vec2 own = vec2(dot(from, u_stance), dot(from, vec2(-u_stance.y, u_stance.x)));
    vec2 off = vec2(abs(own.x) - FOOT.x, own.y - (own.x > 0.0 ? FOOT.y : FOOT.z));
    return mix(0.30, 1.0, smoothstep(0.05, 0.14, length(off * vec2(1.25, 1.0))));
}

void main() {
    Tendril it = tendril(p3d_Vertex.xy);
    int number = int(p3d_Vertex.z * 1000.0);
    float one = hash(ivec3(number, int(it.own * 4096.0), 21)), two = hash(ivec3(number, int(it.own * 4096.0), 22));
    float t = fract(p3d_Vertex.z + S_breath * STREAMS * mix(0.8, 1.2, it.other) + it.third);
    vec3 middle = place(it, t), way = place(it, t + 0.02) - middle;
    float wide = girth(it) * mix(0.75, 1.50, fract(two * 3.0)) * mix(0.75, 1.25, smoothstep(0.0, 0.5, t)) * (1.0 + 0.45 * smoothstep(0.5, 1.0, t));
    // They do not all lie on one line.
    vec3 aside = normalize(vec3(-way.y, way.x, 0.0) + 1e-6);
    middle += aside * (two - 0.5) * mix(2.2, 0.9, smoothstep(0.0, 0.3, t)) * wide;
    vec3 back = normalize(eye() - middle);
    vec3 x = way - back * dot(way, back);
    x /= max(length(x), 1e-5);
    vec3 y = cross(back, x);
    float turn = 0.6 * (one - 0.5) + 1.1 * (t - 0.5) * (two > 0.5 ? 1.0 : -1.0);
    x = x * cos(turn) + y * sin(turn);
    y = cross(back, x) * (fract(two * 7.0) > 0.5 ? 1.0 : -1.0);
    bool veil = one > 0.6;
    float picked = veil ? HEAPS + step(0.8, one) : floor(one / 0.6 * (HEAPS - 0.01));
    v_point = middle + wide * ((veil ? LONG.y : LONG.x) * x * corner.x + 1.25 * y * corner.y);
    float there = smoothstep(0.0, 0.06, t) * (1.0 - smoothstep(0.40, 1.0, t)) * smoothstep(0.05, 0.6, it.head);
    there *= smoothstep(0.35, 1.0, distance(middle, eye())) * bare(middle);
    v_self = vec3(there * (veil ? 1.3 : mix(1.15, 0.50, smoothstep(0.0, 0.6, t))), sun_at(middle + vec3(0.0, 0.0, 0.02)), one);
    v_sun = vec3(dot(SUN_DIR, x), dot(SUN_DIR, y), dot(SUN_DIR, back));
    v_zenith = vec3(x.z, y.z, back.z);
    v_uv = (vec2(mod(picked, PUFFS.x), floor(picked / PUFFS.x)) + 0.5 + 0.49 * corner) / PUFFS;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
    if (there <= 0.004) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
