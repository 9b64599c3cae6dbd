// Where marble is. FLOOR says whether it is a slab, which quivers, or stands.
#pragma once
#pragma include "quiver.glsl"
#pragma include "frame.glsl"
#pragma include "noise.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float edge;
in float kind;
in vec2 open;  // of what stands: the shares of sky and sun that its own stone does not hide
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_extra;  // seed, edge, kind
out vec2 v_open;

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    if (FLOOR) p.z += quiver(p, seed) + heaved(p, seed);
    v_point = p;
    v_normal = p3d_Normal;
    v_extra = vec3(seed, edge, kind);
    v_open = FLOOR ? vec2(1.0) : open;
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
