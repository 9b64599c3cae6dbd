#version 330
// Locks on the stone, whose tips stir.
#pragma include "lib/light.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float along;
in float across;
in float seed;
in float deep;  // 0 on top .. 1 far under other hair
in vec3 tangent;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_tangent;
out vec3 v_strand;  // along, across, seed
out vec2 v_shade;   // deep, sun

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    float free = seed < 0.0 ? 0.0 : along * along * (1.0 - 0.8 * S_held);
    float gust = sin(S_breath * 0.9 + p.x * 3.0) * sin(S_breath * 0.37 + p.y * 2.0);
    vec3 side = normalize(cross(tangent, p3d_Normal) + 1e-5);
    vec3 stirred = 0.0030 * free * gust * sin(S_breath * 2.3 + seed * 40.0) * vec3(side.xy, 0.0);
    v_point = p + stirred;
    v_normal = p3d_Normal;
    v_tangent = tangent;
    v_strand = vec3(along, across, seed);
    v_shade = vec2(deep, sun_at(p + 0.006 * p3d_Normal));
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
