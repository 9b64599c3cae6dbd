#version 330
// Dead leaves, dry grass and grit.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float kind;
in vec2 place;
out vec3 v_rest;
out vec3 v_normal;
out vec2 v_own;    // seed; 0 for grit, 1 for a leaf, 2 for grass
out vec2 v_place;  // along a sheet, 0 to 1, and across, -1 to 1

void main() {
    v_rest = p3d_Vertex.xyz;
    v_normal = p3d_Normal;
    v_own = vec2(seed, floor((kind - 2.0) * 4.0 + 0.5));
    v_place = place;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_rest, 1.0);
}
