#version 330
// Land and ruins beyond the courtyard.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float edge;
out vec3 v_rest;
out vec3 v_normal;
out float v_seed;
out float v_sees;

void main() {
    v_rest = p3d_Vertex.xyz;
    v_normal = p3d_Normal;
    v_seed = seed;
    v_sees = edge;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_rest, 1.0);
}
