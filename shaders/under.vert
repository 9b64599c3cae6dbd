#version 330
// A sheet on the stone that takes the sky's light from it.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in float dark;
out vec3 v_rest;
out float v_dark;

void main() {
    v_rest = p3d_Vertex.xyz;
    v_dark = dark;
    gl_Position = p3d_ViewProjectionMatrix * p3d_Vertex;
}
