#version 330
// Silver mist as thin as cloth: drawn out where it falls, torn, and soft wherever it ends or turns
// its edge to the eye, so that no line shows where it begins.
#pragma include "lib/smoke.glsl"
#pragma include "lib/bow.glsl"
uniform sampler2D u_ground;  // share of the sky that the floor sees beside people
in vec2 v_corner;
in vec3 v_point;
in vec3 v_normal;
in float v_sun;
out vec4 color;

void main() {
    vec3 away = normalize(v_point - eye());
    float v = v_corner.y, slant = abs(dot(normalize(v_normal), away));
    float flow = S_breath * 0.02, around = v_corner.x * 11.0;  // tiles, so that they meet
    vec4 broad = texture(u_smoke, vec2(around, v * 0.45 - flow));
    vec4 fine = texture(u_smoke, vec2(around * 3.0 + 0.05 * broad.w, v * 0.5 - 2.0 * flow));
    float torn = smoothstep(0.25, 0.75, broad.x + 0.35 - 0.55 * v) * (1.0 - smoothstep(0.55, 1.0, v + 0.3 * (fine.x - 0.5)));
    float foot = smoothstep(0.0, 0.3, v) * smoothstep(-0.01, 0.20, v_point.z);
    float near = smoothstep(0.3, 1.6, distance(v_point, eye()));
    // It goes round whoever stands in its way: a sheet would be cut along a line by their cloth.
    float free = smoothstep(0.60, 0.97, textureLod(u_ground, court_uv(v_point.xy), 0.0).r);
    float thick = free * torn * foot * near * rim_there() * (0.25 + 0.75 * fine.w * broad.w * 3.0) * smoothstep(0.02, 0.75, slant);
    color = smoke(thick * 0.9, v_point, v_sun);
}
