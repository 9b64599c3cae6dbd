#version 330
// A plume of mist that wells up out of a crack, leans with the air and thins away.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
#pragma include "lib/bow.glsl"
in vec4 p3d_Vertex;  // on the crack, metres; z is how wide the crack is
in vec2 corner;      // 0..1 along, -1..1 across
in float own;
uniform vec2 u_feet;
out float v_across;
out vec4 v_self;     // own number, how much of it there is, share of the sun, how far along
out vec3 v_point;

const float FOOT = -0.12;              // metres
const vec2 TALL = vec2(0.30, 1.25);    // metres
const vec2 WIDE = vec2(0.020, 0.17);   // metres from its middle to its edge, at its foot and top
const vec2 WELLS = vec2(0.010, 0.050); // metres: cracks so narrow give nothing, so wide all
const float ROUND_HER = 1.6;           // metres about the fallen one where it stays low

vec3 place(float t, float height) {
    float slow = S_breath * 0.16, z = height * t;
    vec2 at = p3d_Vertex.xy;
    vec2 broad = curl(vec3(at * 0.45, slow + z)).xy;
    vec2 small = curl(vec3(at * 2.0 + own * 7.0, 2.6 * slow - 3.1 * z)).xy;
    vec2 drawn = u_feet - at;
    drawn *= S_tendril * 0.7 * (1.0 - smoothstep(0.5, 2.4, length(drawn)));
    return vec3(at + (broad * 1.5 + drawn) * t * t * height + small * 0.22 * t * sqrt(height), mix(FOOT, height, t * (1.3 - 0.3 * t)));
}

void main() {
    float t = corner.x;
    float wells = smoothstep(0.6 * own, 0.6 * own + 0.3, S_mist) * smoothstep(WELLS.x, WELLS.y, p3d_Vertex.z);
    float passed = smoothstep(0.0, 2.0, rim_radius() - distance(p3d_Vertex.xy, u_orb.xy)) * step(0.001, S_bow_mist);
    float there = wells * (1.0 - passed) * (1.0 - 0.7 * S_mist_low);
    float swell = 0.7 + 0.3 * sin(S_breath * 0.35 + own * 30.0);
    float height = mix(TALL.x, TALL.y, own * own) * there * swell * smoothstep(0.5 * ROUND_HER, ROUND_HER, length(p3d_Vertex.xy));
    vec3 point = place(t, height);
    vec3 away = point - eye();
    vec3 side = normalize(cross(away, place(t + 0.02, height) - point) + vec3(0.0, 0.0, 1e-7));
    v_point = point + side * corner.y * mix(WIDE.x, WIDE.y, t) * (0.6 + 0.8 * own) * (1.0 + 0.06 * length(away));
    v_across = corner.y;
    float aside = 1.0 - smoothstep(0.28, 0.52, -away.z / length(away));  // from above it is seen end on
    v_self = vec4(own, smoothstep(0.0, 0.5, there) * aside, sun_at(point + vec3(0.0, 0.0, 0.02)), t);
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
    if (there * aside <= 0.002) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
