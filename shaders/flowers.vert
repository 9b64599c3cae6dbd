#version 330
// White flowers that push up from the cracks and open petal by petal, in slow motion.
#pragma include "lib/frame.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_flowers;  // two texels each: x y z scale; when heading lean phase
uniform sampler2D u_chosen;   // which of them this geometry draws
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 petal;
in float part;
in vec2 uv;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec4 v_leaf;  // across, along, part, own phase
out vec2 v_life;  // how far grown, how far open
// As in models/flower.py, metres.
const float STEM = 0.11;
const float FOOT = 0.0026;
const float LENGTH = 0.036;
const float BUD = 0.0062;  // radius of the closed bud

vec3 turned(vec3 v, vec3 axis, float angle) {
    return v * cos(angle) + cross(axis, v) * sin(angle) + axis * dot(axis, v) * (1.0 - cos(angle));
}

// A petal stands on its foot and leans back: `open` 0 is a bud wrapped about the axis, 1 the mesh
// as it was made. The outer end follows the inner one a little later.
void unfold(inout vec3 p, inout vec3 n, float open) {
    float c = cos(petal.x), s = sin(petal.x);
    vec3 out_ = vec3(c, s, 0.0), side = vec3(-s, c, 0.0);
    float own = clamp(open * 1.35 - 0.35 * hash(floor(petal.x * 3.0 + 1.0)), 0.0, 1.0);
    float shut = 1.0 - smoothstep(0.0, 1.0, own * 1.55 - 0.55 * petal.y);
    if (shut <= 0.0) return;
    vec3 q = p - vec3(0.0, 0.0, STEM) - out_ * FOOT;
    float u = dot(q, out_), w = dot(q, side), v = q.z;
    // Rolled sideways about its own length, narrower to the tip, twisted as buds are.
    float egg = BUD * pow(max(sin(PI * (0.10 + 0.86 * petal.y)), 0.0), 0.7);
    float k = shut / max(egg, 0.0022);
    float a = clamp(w * k, -2.4, 2.4);
    float rolled = abs(k) > 1e-3 ? sin(a) / k : w;
    v = mix(v, v * 0.25, shut) + (1.0 - cos(a)) / max(k, 1.0) - shut * (egg - FOOT * 0.4);
    w = rolled + shut * 0.10 * u;
    u *= 1.0 - 0.22 * shut;
    vec3 m = vec3(dot(n, out_), dot(n, side), n.z);
    m = vec3(m.x, m.y * cos(a) - m.z * sin(a), m.z * cos(a) + m.y * sin(a));
    // Up by as much as it is shut.
    float up = shut * 1.48;
    vec2 r = vec2(u * cos(up) - v * sin(up), u * sin(up) + v * cos(up));
    vec2 rm = vec2(m.x * cos(up) - m.z * sin(up), m.x * sin(up) + m.z * cos(up));
    p = vec3(0.0, 0.0, STEM) + out_ * (FOOT + r.x) + side * w + vec3(0.0, 0.0, r.y);
    n = out_ * rm.x + side * m.y + vec3(0.0, 0.0, rm.y);
}

void main() {
    int self = int(texelFetch(u_chosen, ivec2(gl_InstanceID, 0), 0).x + 0.5);
    vec4 place = texelFetch(u_flowers, ivec2(0, self), 0);
    vec4 kind = texelFetch(u_flowers, ivec2(1, self), 0);
    float phase = kind.w;

    // Each takes its time: further out the front runs faster, so more of them are on their way.
    float slow = 0.55 + 0.10 * kind.x + 0.5 * phase;
    float life = clamp((S_flowers_front - kind.x) / slow, 0.0, 1.0);
    float grown = smoothstep(0.0, 0.60, life);
    float open = smoothstep(0.36, 1.0, life) * mix(0.45, 1.0, S_bloom);

    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    if (part < 0.5) unfold(p, n, open);
    if (part > 1.5) {
        // Heart and leaves start small.
        vec3 seat = part > 2.5 ? vec3(0.0, 0.0, 0.046) : vec3(0.0, 0.0, STEM);
        float size = part > 2.5 ? smoothstep(0.15, 0.75, life) : 0.4 + 0.6 * open;
        vec3 q = p - seat;
        if (part > 2.5) q = vec3(q.xy * (0.35 + 0.65 * size), q.z + length(q.xy) * 1.2 * (1.0 - size));
        p = seat + q * size;
    }
    float head = max(p.z - STEM, 0.0);
    bool crown = part < 0.5 || (part > 1.5 && part < 2.5);

    // The stem bends as a parabola; the crown is carried on its end and nods until it opens.
    float wind = (1.0 - 0.85 * S_held) * (sin(S_breath * 0.83 + place.x * 0.9 + phase * 6.3)
        + 0.5 * sin(S_breath * 1.71 + place.y * 1.3 + phase * 11.0));
    float heading = kind.y;
    vec2 lean = vec2(cos(heading), sin(heading)) * (kind.z + 0.10 * (1.0 - open)) + vec2(0.030, 0.018) * wind;
    float stretch = mix(0.16, 1.0, grown);
    float h = crown ? 1.0 : clamp(p.z / STEM, 0.0, 1.0);
    vec3 spine = vec3(lean * STEM * h * h, STEM * h * stretch * (1.0 - 0.22 * dot(lean, lean) * h));
    float bulk = 0.34 + 0.66 * grown;
    vec3 off = crown ? p - vec3(0.0, 0.0, STEM) : vec3(p.xy, 0.0);
    off *= bulk;
    float tilt = length(lean) * 1.25 * (crown ? 1.0 : h) + (crown ? 0.75 * (1.0 - open) * (0.3 + phase) * grown : 0.0);
    if (crown || part > 2.5) {
        float spin = phase * 6.28318;
        mat2 about = mat2(cos(spin), sin(spin), -sin(spin), cos(spin));
        off.xy = about * off.xy;
        n.xy = about * n.xy;
    }
    vec3 axis = normalize(vec3(-lean.y, lean.x, 0.0) + vec3(1e-5, 0.0, 0.0));
    off = turned(off, axis, tilt);
    n = turned(n, axis, tilt);
    // Pushed up from inside the crack.
    float sunk = (1.0 - smoothstep(0.0, 0.35, life)) * 0.055 + 0.012;
    vec3 point = vec3(place.xy, place.z) + place.w * (spine + off) - vec3(0.0, 0.0, sunk);

    v_rest = vec3(place.xyz) + 0.3 * p;
    v_point = point;
    v_normal = n;
    v_leaf = vec4(uv, part, phase);
    v_life = vec2(life, open);
    gl_Position = life > 0.0 ? p3d_ViewProjectionMatrix * vec4(point, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
}
