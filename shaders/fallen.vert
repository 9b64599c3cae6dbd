#version 330
// The fallen one: a fine shiver that stills, and lids that fall shut and later tremble.
#pragma include "lib/lids.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float part;
in float ao;
in float thin;
in vec3 open;    // from shut lids to open ones, metres
in vec3 turned;  // the same of normals
in vec3 weave;   // of the shift: the place on its pattern, and from its torn edge, metres
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_kind;  // part, ao, thin
out vec3 v_weave; // of an eye: how far it is open

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    float wide = opened();
    p += wide * open;
    if (S_shiver > 0.0) p += shiver(p);
    v_point = p;
    v_normal = p3d_Normal + wide * turned;
    v_kind = vec3(part, ao, thin);
    v_weave = part > 1.5 && part < 2.5 ? vec3(wide, 0.0, 0.0) : weave;
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
