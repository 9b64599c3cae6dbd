#version 330
// The orb's own square: see orb.vert.
#pragma include "lib/orb.glsl"
in vec4 p3d_Vertex;
out vec2 v_corner;  // in radii

void main() {
    vec3 right = p3d_ViewMatrixInverse[0].xyz;
    vec3 up = normalize(cross(right, u_orb - eye()));
    float range = length(u_orb - eye());
    float radius = orb_radius(range);
    v_corner = p3d_Vertex.xy;
    vec3 point = orb_centre(range, radius, up) + (right * v_corner.x + up * v_corner.y) * radius;
    gl_Position = orb_depth(p3d_ViewProjectionMatrix * vec4(point, 1.0), range, radius, 0.0);
    if (orb_presence() <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
