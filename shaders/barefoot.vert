#version 330
// The visitor's own bare feet.
#pragma include "lib/frame.glsl"
#pragma include "lib/stand.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 foot;   // the place in the right foot's own frame; the left one is mirrored
in vec2 nail;   // place on a nail, across and along it, in halves of its size
in vec3 open;   // the mean way that is open to the sky
in vec3 flesh;  // open sky, thickness, blood
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_flesh;
out vec3 v_open;
out vec2 v_nail;

void main() {
    v_rest = foot;
    v_point = stood(p3d_Vertex.xyz);
    v_normal = visitor_turn() * p3d_Normal;
    v_open = visitor_turn() * open;
    v_flesh = flesh;
    v_nail = nail;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
