#version 330
// A tendril of mist: rises from the nearest crack, winds about where the visitor stands, curls its
// tip. Each has its root in a square of the court, so that it stays there while they walk by.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;   // which square, from the visitor's; 0 its shade, 1 its body, 2, 3 strands beside it
in vec2 corner;       // 0..1 along, -1..1 across
uniform vec2 u_feet;
out float v_across;
out vec4 v_self;      // own number, how much of it there is, share of the sun, how far along
out float v_thick;    // of its shade less from higher up, of its smoke less where it is seen end on
out vec3 v_point;
flat out float v_shade;

const float SQUARE = 0.78;            // metres
const vec2 MARGIN = vec2(0.2, 0.8);   // shares of its square in which a tendril begins
// Metres from the feet: all of it, none of it. None lies nearer than the squares that are not drawn.
const vec2 REACH = vec2(1.1, 1.7);
const float ROOT = -0.14;             // metres: it begins inside the crack
const float CURLS_FROM = 0.60;        // share of its length
const float SHRINK = 0.24;            // of the curl's radius with each radian

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

// Three numbers 0..1 of its own; `head`, how far it has grown; `strand`, 0 its body, -1 and 1 beside.
struct Tendril { vec2 root; float own, other, third, head, strand; };

// Where a place on it throws its shade: most of the light comes from above, some from the west.
vec3 shaded(vec3 p) { return vec3(p.xy - SUN_DIR.xy * clamp(p.z, 0.0, 0.3) * 0.7, 0.004); }

// Out of the crack and round the feet, s from 0 to 1, before it curls.
vec3 body(Tendril it, float s) {
    vec2 from = it.root - u_feet;
    float begun = max(length(from), 0.02);
    float turning = it.third < 0.78 ? 1.0 : -1.0;
    float slow = S_breath * 0.31 + it.own * 40.0;
    float wound = turning * (mix(1.9, 4.6, it.own) * s * s + 0.16 * sin(slow) * smoothstep(0.05, 0.4, s));
    float angle = atan(from.y, from.x) + wound;
    angle += it.strand * 0.20 * s * s * sin(slow * 1.7 + it.strand * 2.0);
    float orbit = mix(0.24, 0.70, it.other) * (1.0 + 0.24 * sin(2.3 * angle + slow)) + 0.07 * it.strand * s;
    float near = mix(begun, orbit, smoothstep(0.10, 0.8, s));
    float height = mix(0.06, 0.36, 0.6 * it.third * it.other + 0.4 * it.own) * (1.0 - 0.25 * it.strand);
    float z = mix(ROOT, 0.06, smoothstep(0.0, 0.12, s)) + (height - 0.06) * smoothstep(0.06, 0.6, s);
    vec3 p = vec3(u_feet + near * vec2(cos(angle), sin(angle)), z + 0.06 * sin(s * 8.0 + slow) * s * s);
    vec3 sway = curl(vec3(p.xy * 1.7, it.own * 9.0 + S_breath * 0.22));
    return p + sway * vec3(0.10, 0.10, 0.05) * s * smoothstep(0.0, 0.4, s);
}

// A place on it and the way it runs there. Its tip rolls up as a fern's does, in a spiral whose
// radius falls by the same share with each turn.
void place(Tendril it, float t, out vec3 point, out vec3 way) {
    float s = min(t / CURLS_FROM, 1.0) * it.head;
    point = body(it, s);
    way = normalize(point - body(it, s - 0.02) + vec3(0.0, 0.0, 1e-5));
    float u = max(t - CURLS_FROM, 0.0) / (1.0 - CURLS_FROM);
    float rolled = u * (0.5 + 0.5 * u) * mix(4.0, 7.5, it.third) * (1.0 + 0.12 * sin(S_breath * 0.4 + it.own * 60.0));
    float wide = mix(0.10, 0.19, it.own) * (1.0 + 0.3 * it.strand) * smoothstep(0.0, 0.6, it.head);
    vec3 pole = normalize(vec3(0.3 * sin(it.own * 50.0), 0.4 * cos(it.own * 50.0), it.other < 0.5 ? 1.0 : -1.0));
    vec3 aside = normalize(cross(pole, way));
    vec3 out_of = -(aside + SHRINK * way) * inversesqrt(1.0 + SHRINK * SHRINK);
    vec3 on = (way - SHRINK * aside) * inversesqrt(1.0 + SHRINK * SHRINK);
    point += wide * (exp(-SHRINK * rolled) * (cos(rolled) * out_of + sin(rolled) * on) - out_of);
    way = cos(rolled) * way + sin(rolled) * aside;
}

void main() {
    ivec2 cell = ivec2(floor(u_feet / SQUARE)) + ivec2(p3d_Vertex.xy);
    Tendril it;
    it.own = hash(ivec3(cell, 11));
    it.other = hash(ivec3(cell, 12));
    it.third = hash(ivec3(cell, 13));
    vec2 begins = (vec2(cell) + mix(MARGIN.xx, MARGIN.yy, vec2(it.other, it.third))) * SQUARE;
    it.root = to_crack(begins);
    float away = distance(it.root, u_feet);
    float hold = (1.0 - smoothstep(REACH.x, REACH.y, distance(begins, u_feet))) * smoothstep(0.05, 0.25, away);
    hold *= smoothstep(0.28, 0.42, it.own) * (1.0 - smoothstep(0.03, 0.10, textureLod(u_cracks, court_uv(it.root), 0.0).x));
    it.head = smoothstep(0.0, 0.7, hold) * smoothstep(0.4 * it.third, 0.6 + 0.4 * it.third, S_tendril);

    it.strand = p3d_Vertex.z < 1.5 ? 0.0 : 2.0 * p3d_Vertex.z - 5.0;
    v_shade = float(p3d_Vertex.z < 0.5);

    float u = corner.x;  // the curl has more steps than its length would give it
    float t = u < 0.55 ? u / 0.55 * CURLS_FROM : mix(CURLS_FROM, 1.0, (u - 0.55) / 0.45);
    vec3 point, way;
    place(it, t, point, way);
    float there = it.head * (1.0 - abs(it.strand) * smoothstep(0.66, 0.95, t));
    v_self = vec4(it.own + 0.31 * it.strand, there, sun_at(point + vec3(0.0, 0.0, 0.02)), t);
    v_thick = exp(-max(point.z, 0.0) * 2.2);
    if (v_shade > 0.5) {
        vec3 under = shaded(point);
        way = normalize(shaded(point + 0.01 * way) - under + vec3(1e-6, 0.0, 0.0));
        point = under;
    }
    vec3 away_eye = point - eye();
    vec3 side = cross(normalize(away_eye), way);
    if (v_shade < 0.5) v_thick = smoothstep(0.05, 0.4, length(side));  // end on it is no ribbon
    side = normalize(side + vec3(0.0, 0.0, 1e-7));
    float swell = 1.0 + 0.30 * sin(9.0 * t - S_breath * 0.8 + it.own * 50.0);
    float half_width = mix(0.16, 0.030, smoothstep(0.0, 0.9, t)) * swell * (0.6 + 0.8 * it.other);
    half_width *= mix(0.25, 1.0, smoothstep(0.0, 0.2, t)) * smoothstep(0.0, 0.3, it.head) * (1.0 - 0.5 * abs(it.strand));
    point += side * corner.y * half_width * (1.0 + 1.2 * v_shade);
    v_across = corner.y;
    v_point = point;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    if (v_shade > 0.5) {  // some slabs lie higher than the floor, and must not hide it
        vec4 nearer = p3d_ViewProjectionMatrix * vec4(point - normalize(away_eye) * 0.12, 1.0);
        gl_Position.z = nearer.z / nearer.w * gl_Position.w;
    }
    if (it.head <= 0.002) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
