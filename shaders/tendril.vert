#version 330
// A tendril of mist: smoke that rises from the nearest crack and winds about where the visitor
// stands, as a thin sheet that turns and folds. Each has its root in a square of the court, so that
// it stays there while they walk by.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;   // which square, from the visitor's; 0 its shade, 1 its smoke
in vec2 corner;       // 0..1 along, -1..1 across
uniform vec2 u_feet;
out vec2 v_corner;
out vec3 v_self;      // own number, how much of it there is, share of the sun
out vec3 v_point;
out vec3 v_spread;    // normal, as long as the sheet is wide: what a metre of it spreads over
flat out float v_shade;

const float SQUARE = 0.78;            // metres
const vec2 MARGIN = vec2(0.2, 0.8);   // shares of its square in which a tendril begins
// Metres from the feet: all of it, none of it. None lies nearer than the squares that are not drawn.
const vec2 REACH = vec2(1.1, 1.7);
const float ROOT = -0.10;             // metres: it begins inside the crack

// Down the slope of the distance to the middle of a crack.
vec2 to_crack(vec2 p) {
    const vec2 STEP = vec2(0.09, 0.0);
    for (int i = 0; i < 3; ++i) {
        float d = textureLod(u_cracks, court_uv(p), 0.0).x;
        vec2 slope = vec2(textureLod(u_cracks, court_uv(p + STEP.xy), 0.0).x - d,
                          textureLod(u_cracks, court_uv(p + STEP.yx), 0.0).x - d) / STEP.x;
        p -= d * slope / max(length(slope), 0.3);
    }
    return p;
}

// Three numbers 0..1 of its own, and how far it has grown.
struct Tendril { vec2 root; float own, other, third, head; };

// A place on the sheet, t from 0 to 1 along it and x from -1 to 1 across. Its middle is a spiral;
// across it lies in the plane of outward and up, turning slowly and bent like a leaf. Only slow
// sines move it, so that there is no kink to see.
vec3 place(Tendril it, float t, float x) {
    vec2 from = it.root - u_feet;
    float begun = max(length(from), 0.02), s = t * it.head;
    float slow = S_breath * 0.27 + it.own * 40.0;
    float winds = mix(2.2, 5.6, it.third) * s * (0.35 + 0.65 * s);
    float angle = atan(from.y, from.x) + winds + 0.10 * sin(slow) * s + 0.16 * x * s * (0.6 + 0.4 * sin(0.7 * slow));
    float orbit = mix(0.16, 0.70, fract(it.other * 5.0)) * (1.0 + 0.12 * sin(slow + 1.3 * angle) * s);
    float near = mix(begun, orbit, smoothstep(0.0, 1.1, s)) + 0.30 * (it.third - 0.4) * s * s * s;
    float height = mix(0.10, 0.44, fract(it.own * 7.0 + it.other));
    float z = mix(ROOT, 0.05, smoothstep(0.0, 0.14, s)) + (height - 0.05) * smoothstep(0.05, 1.0, s);
    z += 0.035 * sin(5.0 * s + slow) * smoothstep(0.1, 0.5, s);
    // Wide where it is oldest, drawn together again to nothing at its tip.
    float half_width = mix(0.035, 0.150, it.third * 0.5 + fract(it.own * 3.0) * 0.5);
    half_width *= (0.55 + 0.45 * smoothstep(0.0, 0.45, t)) * (1.0 - smoothstep(0.55, 1.02, t)) * smoothstep(0.0, 0.4, it.head);
    float turn = 6.2831853 * (it.other + mix(0.35, 0.75, it.own) * t) + 0.5 * sin(0.8 * slow + 3.0 * t);
    float bend = x * x * 0.55 * sin(2.4 * t + it.third * 9.0 + 0.5 * slow);
    vec2 across = half_width * (x * vec2(cos(turn), sin(turn)) + bend * vec2(-sin(turn), cos(turn)));
    across.y *= 0.7;
    return vec3(u_feet + (near + across.x) * vec2(cos(angle), sin(angle)), z + max(across.y, -0.8 * max(z, 0.0)));
}

// Where a place on it throws its shade: most of the light comes from above, some from the west.
vec3 shaded(vec3 p) { return vec3(p.xy - SUN_DIR.xy * clamp(p.z, 0.0, 0.4) * 0.5, 0.004); }

void main() {
    ivec2 cell = ivec2(floor(u_feet / SQUARE)) + ivec2(p3d_Vertex.xy);
    Tendril it;
    it.own = hash(ivec3(cell, 11));
    it.other = hash(ivec3(cell, 12));
    it.third = hash(ivec3(cell, 13));
    vec2 begins = (vec2(cell) + mix(MARGIN.xx, MARGIN.yy, vec2(it.other, it.third))) * SQUARE;
    it.root = to_crack(begins);
    float hold = (1.0 - smoothstep(REACH.x, REACH.y, distance(begins, u_feet))) * smoothstep(0.05, 0.25, distance(it.root, u_feet));
    hold *= smoothstep(0.28, 0.42, it.own) * (1.0 - smoothstep(0.03, 0.10, textureLod(u_cracks, court_uv(it.root), 0.0).x));
    it.head = smoothstep(0.0, 0.7, hold) * smoothstep(0.4 * it.third, 0.6 + 0.4 * it.third, S_tendril);

    const float STEP = 0.012;
    float t = corner.x, x = corner.y;
    v_shade = float(p3d_Vertex.z < 0.5);
    vec3 point = place(it, t, x * (1.0 - v_shade));
    vec3 along = (place(it, t + STEP, x * (1.0 - v_shade)) - point);
    v_spread = cross(along / max(length(along), 1e-5), (place(it, t, x + 0.1) - place(it, t, x - 0.1)) / 0.2);
    v_self = vec3(it.own, it.head, sun_at(point + vec3(0.0, 0.0, 0.02)));
    if (v_shade > 0.5) {
        vec3 under = shaded(point), way = shaded(point + along) - under;
        vec2 side = normalize(vec2(-way.y, way.x) + 1e-6);
        point = under + vec3(side * x * (0.05 + 0.35 * max(point.z, 0.0)), 0.0);
    }
    v_corner = corner;
    v_point = point;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    if (v_shade > 0.5) {  // some slabs lie higher than the floor, and must not hide it
        vec4 nearer = p3d_ViewProjectionMatrix * vec4(point - normalize(point - eye()) * 0.12, 1.0);
        gl_Position.z = nearer.z / nearer.w * gl_Position.w;
    }
    if (it.head <= 0.002) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
