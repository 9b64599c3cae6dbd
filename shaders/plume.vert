#version 330
// A sheet of mist that wells up out of a crack and stands on it like a curtain: its foot follows
// the crack, its upper edge is torn, drifts, and folds over.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;  // on the crack, metres; z is how wide the crack is
in vec3 p3d_Normal;  // along the crack
in vec2 corner;      // 0..1 along the crack, 0..1 up
in float own;
uniform vec2 u_feet;
out vec2 v_corner;
out vec4 v_self;     // own number, how much of it there is, share of the sun, metres wide
out vec3 v_point;

const float FOOT = -0.10;              // metres
const vec2 TALL = vec2(0.10, 0.42);    // metres
const vec2 WELLS = vec2(0.012, 0.07);  // cracks as narrow as this give nothing, as wide as this all
const float ROUND_HER = 1.6;           // metres about the fallen one where it stays low

void main() {
    float up = corner.y;
    vec2 at = p3d_Vertex.xy, on = p3d_Normal.xy, across = vec2(-on.y, on.x);
    float slow = S_breath * 0.17;
    float wells = smoothstep(0.55 * own, 0.55 * own + 0.45, S_mist) * smoothstep(WELLS.x, WELLS.y, p3d_Vertex.z);
    float swell = 0.65 + 0.35 * sin(slow * 2.1 + own * 30.0);
    float parted = 1.0 - smoothstep(0.0, 1.0, (S_bow_mist * 15.0 - distance(at, u_orb.xy)) * 0.5) * step(0.001, S_bow_mist);
    float height = mix(TALL.x, TALL.y, own * own) * wells * swell * (1.0 - 0.6 * S_mist_low) * parted;
    height *= smoothstep(0.5 * ROUND_HER, ROUND_HER, length(at));
    vec2 way = curl(vec3(at * 0.9, slow)).xy, small = curl(vec3(at * 3.1 + 4.0, slow * 1.7 + up)).xy;
    float loose = up * up * height;
    float folds = dot(way, across) * 1.1 + dot(small, across) * 0.5;
    vec2 drawn = u_feet - at;
    drawn *= S_tendril * 0.5 * (1.0 - smoothstep(0.5, 2.2, length(drawn)));
    vec2 aside = across * folds * loose * 1.5 + on * dot(way, on) * loose + drawn * loose;
    float falls = min(abs(folds), 1.0) * 0.45 * up;  // what leans far out sinks
    v_point = vec3(at + aside, mix(FOOT, height, up) - falls * height * up);
    v_corner = corner;
    v_self = vec4(own, parted * wells, sun_at(v_point + vec3(0.0, 0.0, 0.02)), p3d_Vertex.z);
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
    if (wells * parted <= 0.002 || S_mist <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
