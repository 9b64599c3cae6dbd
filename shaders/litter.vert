#version 330
// Dead leaves and grit.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float kind;
out vec3 v_rest;
out vec3 v_normal;
out vec2 v_own;  // seed; 1 for a leaf

void main() {
    v_rest = p3d_Vertex.xyz;
    v_normal = p3d_Normal;
    v_own = vec2(seed, step(2.1, kind));
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_rest, 1.0);
}
