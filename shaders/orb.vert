#version 330
// The orb: a square that faces the eye, in which the fragment shader sees a sphere of glass.
#pragma include "lib/orb.glsl"
in vec4 p3d_Vertex;  // corner, -1..1
out vec2 v_corner;   // in radii
out vec3 v_away;     // unit, from the eye to the orb
out vec2 v_size;     // radians of a radius; pixels of a radius
out vec3 v_right;    // unit, of the square
out vec3 v_up;
const float ROOM = 1.06;

void main() {
    vec3 right = p3d_ViewMatrixInverse[0].xyz;
    vec3 up = normalize(cross(right, u_orb - eye()));
    float range = length(u_orb - eye());
    float radius = orb_radius(range);
    vec3 centre = orb_centre(range, radius, up);
    v_corner = p3d_Vertex.xy * ROOM;
    v_right = right;
    v_up = up;
    v_away = normalize(centre - eye());
    v_size = vec2(radius / range, radius / range * 0.5 * u_size.y / half_height());
    vec3 point = centre + (right * v_corner.x + up * v_corner.y) * radius;
    gl_Position = orb_depth(p3d_ViewProjectionMatrix * vec4(point, 1.0), range, radius, 0.0);
    if (orb_presence() <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
