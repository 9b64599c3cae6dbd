#version 330
// The long shadows of leaves, grass and grit.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec2 place;
in float dense;
out vec3 v_rest;
out vec3 v_strip;  // along it, 0 to 1; across, -1 to 1; the share of the sun that it keeps

void main() {
    v_rest = p3d_Vertex.xyz;
    v_strip = vec3(place, dense);
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_rest, 1.0);
}
