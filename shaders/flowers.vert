#version 330
// A flower pushes up out of a crack, hangs as a bud, and unfolds petal by petal. Everything is a
// function of the state and of the flower; `fold` is the twin of petal_pose in models/growth/flower.py.
//   flower space   metres, the root at 0, the open flower's axis up z
//   sheet          (out, sideways, up) of a petal or leaf, before its turn about the axis
#pragma include "lib/frame.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_flowers;  // two texels a flower: x y z scale | heading when phase stem
uniform sampler2D u_chosen;   // the flowers that this geometry draws
uniform vec3 u_orb;
uniform vec4 u_form;  // how far it opens, how much less its innermost petals do, size of head, of stem
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 petal;  // angle, 0..1 along, -1..1 across
in vec3 fold;   // metres along and across the sheet, 0 outermost .. 1 innermost petal
in float part;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_petal;       // along, across, how open
flat out vec3 v_self;   // part, phase, order
flat out vec3 v_axis;   // out of the flower's heart, as long as it is open, 0..1
out float v_height;     // metres above the root

const int PER_ROW = 512;
const float STEM = 0.095, FOOT = 0.0024, PETAL_LENGTH = 0.028;
const float LEAF_AT = 0.040, ROOT_DEPTH = 0.014;
const vec2 CLOSED = vec2(0.93, 2.22), OPEN = vec2(0.80, 0.16);
const float TIER = 0.13, CUP = 26.0, LAYER = 0.0011;

struct Sheet { vec3 point; mat3 axes; };  // columns: along, across, out of the inner face

Sheet fold_petal(vec2 at, float order, float open) {
    vec2 slope = mix(CLOSED, OPEN, open);
    float start = slope.x + TIER * order * open;
    float half_bend = 0.5 * (slope.y - slope.x) * at.x / PETAL_LENGTH;
    float chord = at.x * (abs(half_bend) > 1e-3 ? sin(half_bend) / half_bend : 1.0);
    vec2 line = vec2(FOOT, 0.0) + chord * vec2(cos(start + half_bend), sin(start + half_bend));
    float tilt = start + 2.0 * half_bend;
    vec3 inner = vec3(-sin(tilt), 0.0, cos(tilt)), side = vec3(0.0, 1.0, 0.0);
    float curve = mix(1.0 / max(line.x, 0.003), CUP, open);
    float roll = curve * at.y;
    float depth = (1.0 - cos(roll)) / curve - LAYER * (1.0 - order) * (1.0 - open) * min(at.x * 300.0, 1.0);
    Sheet made;
    made.point = vec3(line.x, 0.0, line.y) + side * sin(roll) / curve + inner * depth;
    made.axes = mat3(vec3(cos(tilt), 0.0, sin(tilt)), side * cos(roll) + inner * sin(roll),
                     inner * cos(roll) - side * sin(roll));
    return made;
}

vec3 turned(vec3 p, float angle) {
    float c = cos(angle), s = sin(angle);
    return vec3(c * p.x - s * p.y, s * p.x + c * p.y, p.z);
}

void main() {
    int who = int(texelFetch(u_chosen, ivec2(gl_InstanceID, 0), 0).r + 0.5);
    ivec2 cell = ivec2(who % PER_ROW * 2, who / PER_ROW);
    vec4 stand = texelFetch(u_flowers, cell, 0), self = texelFetch(u_flowers, cell + ivec2(1, 0), 0);
    float phase = self.z, t = S_breath;

    // Its own life 0..1: the front goes by, and it takes its time; further out the front is faster.
    float age = clamp((S_flowers_front - self.y) / (0.82 + 0.11 * self.y), 0.0, 1.0);
    // Some stay buds, some half open: a meadow is never all of one day.
    vec3 kind = fract(phase * vec3(7.31, 13.73, 29.17));
    float ripe = kind.x < 0.16 ? 0.20 + 1.4 * kind.x : kind.x < 0.44 ? 0.46 + 1.4 * (kind.x - 0.16) : 1.0;
    if (part > 3.5) ripe = 1.0;
    float life = min(age, min(S_bloom * (1.22 + 0.20 * phase) * (0.82 + 0.36 * kind.y), ripe));
    float rise = smoothstep(0.0, 0.38, life);
    float swell = smoothstep(0.10, 0.52, life);
    float whole = smoothstep(0.55, 0.98, life);

    // Where it looks: to the orb when there is one, else to the sun, each by its own humour.
    vec3 to_light = mix(vec3(-1.0, 0.0, 0.15), normalize(u_orb - stand.xyz), min(S_orb_light, 1.0));
    vec2 own = vec2(cos(self.x), sin(self.x));
    // Most look up, some aside, and some quite away.
    vec2 lean = normalize(to_light.xy + 1e-4) * mix(-0.12, 0.50, kind.z) * whole + own * (0.14 + 1.30 * kind.y * kind.y);
    float wind = 1.0 - S_held;
    lean += wind * 0.05 * vec2(sin(t * 0.9 + phase * 40.0 + stand.x), cos(t * 0.73 + phase * 23.0 + stand.y));
    lean += wind * 0.02 * vec2(sin(t * 2.1 + phase * 71.0), sin(t * 1.8 + phase * 57.0));
    vec3 axis = normalize(vec3(lean, 1.0));
    // A young bud nods; as it opens it lifts its face.
    vec3 nod = normalize(vec3(own * 1.5, 0.35));
    axis = normalize(mix(axis, nod, 0.62 * smoothstep(0.12, 0.34, life) * (1.0 - smoothstep(0.32, 0.66, life))));

    // The stem is a Bezier curve that leaves the stone upright and ends along the axis.
    float tall = STEM * self.w * u_form.w * mix(0.10, 1.0, rise);
    vec3 top = vec3(lean * 0.38 * tall, tall * (1.0 - 0.12 * dot(lean, lean)));
    vec3 c1 = vec3(vec2(own.y, -own.x) * (0.34 * phase - 0.12) * tall - own * 0.14 * tall, 0.42 * tall), c2 = top - axis * 0.34 * tall;
    float u = part > 0.5 && part < 1.5 ? p3d_Vertex.z / STEM : (part > 2.5 && part < 3.5 ? LEAF_AT / STEM : 1.0);
    float w = 1.0 - u;
    vec3 at = 3.0 * w * w * u * c1 + 3.0 * w * u * u * c2 + u * u * u * top;
    vec3 way = normalize(3.0 * w * w * c1 + 6.0 * w * u * (c2 - c1) + 3.0 * u * u * (top - c2));
    vec3 right = normalize(vec3(1.0, 0.0, 0.0) - way * way.x);
    mat3 frame = mat3(right, cross(way, right), way);

    vec3 p, n;
    float open = 1.0, growth = 1.0;
    if (part < 0.5) {
        // One petal after another, and each a little slower than the one before.
        float first = 0.34 + 0.24 * fold.z;
        open = smoothstep(first, first + 0.36, life);
        open = mix(open, open * 0.94 + 0.03 * sin(t * 0.5 + petal.x + phase * 30.0), whole * wind);
        // Cups and stars, slim petals and broad ones; no two petals let go alike.
        open *= mix(0.64, 1.06, kind.z) + 0.09 * sin(petal.x * 3.0 + phase * 90.0);
        open += 0.30 * smoothstep(0.80, 1.0, kind.x) * whole;  // the oldest let their petals hang
        open *= u_form.x * (1.0 - u_form.y * fold.z);
        vec2 shape = vec2(mix(0.86, 1.12, kind.y), mix(0.74, 1.10, fract(phase * 51.7)));
        Sheet rest = fold_petal(fold.xy, fold.z, 1.0), now = fold_petal(fold.xy * shape, fold.z, open);
        vec3 flat_p = turned(p3d_Vertex.xyz - vec3(0.0, 0.0, STEM), -petal.x);
        vec3 flat_n = turned(p3d_Normal, -petal.x);
        p = now.point + now.axes * ((flat_p - rest.point) * rest.axes) * mix(0.5, 1.0, open);
        n = now.axes * (flat_n * rest.axes);
        float spiral = petal.x + (1.0 - open) * 0.7 * petal.y;
        p = turned(p, spiral);
        n = turned(n, spiral);
        growth = mix(0.16, 1.0, swell) * mix(0.82, 1.0, open) * u_form.z;
    } else if (part < 1.5) {
        p = vec3(p3d_Vertex.xy, 0.0);
        n = p3d_Normal;
        growth = mix(0.5, 1.0, rise);
    } else if (part < 2.5) {
        p = p3d_Vertex.xyz - vec3(0.0, 0.0, STEM);
        n = p3d_Normal;
        p.xy *= mix(0.45, 1.0, whole);
        growth = mix(0.16, 1.0, swell) * u_form.z;
    } else if (part < 3.5) {
        // Leaves stand up about the stem and let go of it.
        float hug = 1.15 * (1.0 - smoothstep(0.25, 0.8, life));
        p = turned(p3d_Vertex.xyz - vec3(0.0, 0.0, LEAF_AT), -petal.x);
        n = turned(p3d_Normal, -petal.x);
        float c = cos(hug), s = sin(hug);
        p.xz = vec2(c * p.x - s * p.z, s * p.x + c * p.z);
        n.xz = vec2(c * n.x - s * n.z, s * n.x + c * n.z);
        p = turned(p, petal.x);
        n = turned(n, petal.x);
        growth = mix(0.1, 1.0, smoothstep(0.1, 0.7, life));
    } else {
        // What they stand in comes up with them, and lies as the stone does.
        float up = smoothstep(0.0, part < 4.5 ? 0.35 : 0.8, life);
        p = p3d_Vertex.xyz * mix(0.25, 1.0, up);
        n = p3d_Normal;
        if (part < 6.5) p.z += ROOT_DEPTH / stand.w - 0.05 * (1.0 - up);
        float blown = part > 4.5 && part < 5.5 ? wind * petal.y * petal.y : 0.0;
        p.xy += blown * 0.004 * sin(vec2(t * 1.3, t * 1.1) + phase * 60.0 + petal.x * 5.0);
        at = vec3(0.0);
        frame = mat3(1.0);
    }
    vec3 local = (at + frame * turned(p, self.x) * growth) * stand.w;
    vec3 world = stand.xyz + local;
    v_height = local.z;
    v_rest = world;
    v_point = world;
    v_normal = frame * turned(n, self.x);
    v_petal = vec3(petal.yz, open);
    v_self = vec3(part, phase, fold.z);
    v_axis = part > 6.5 ? vec3(0.0) : way * smoothstep(0.4, 0.9, life);
    gl_Position = life <= 0.0 ? vec4(0.0, 0.0, 2.0, 1.0) : p3d_ViewProjectionMatrix * vec4(world, 1.0);
}
