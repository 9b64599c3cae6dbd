#version 330
// Locks as they lie: see hair.vert.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in float along;
in float across;
in float seed;
out vec3 v_rest;
out vec3 v_strand;  // along, across, seed

void main() {
    v_rest = p3d_Vertex.xyz;
    v_strand = vec3(along, across, seed);
    gl_Position = p3d_ViewProjectionMatrix * p3d_Vertex;
}
