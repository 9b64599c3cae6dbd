#version 330
// Slabs, rubble, columns, hills. The ground's quiver lifts each slab by itself.
#pragma include "lib/frame.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float edge;
in float kind;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_extra;  // seed, edge, kind

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    if (S_tremor > 0.0 && kind < 0.5) {
        float shake = sin(S_story * 41.0 + seed * 40.0) + sin(S_story * 57.0 + seed * 91.0);
        p.z += S_tremor * 0.0045 * shake * exp(-dot(p.xy, p.xy) / 900.0);
    }
    v_point = p;
    v_normal = p3d_Normal;
    v_extra = vec3(seed, edge, kind);
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
