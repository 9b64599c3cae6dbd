#version 330
// The light about the orb: a square that faces the eye.
#pragma include "lib/orb.glsl"
in vec4 p3d_Vertex;
out vec2 v_corner;  // in radii of the orb
const float REACH = 9.0;

void main() {
    vec3 right = p3d_ViewMatrixInverse[0].xyz;
    vec3 up = normalize(cross(right, u_orb - eye()));
    float range = length(u_orb - eye());
    float radius = orb_radius(range);
    vec3 centre = orb_centre(range, radius, up);
    v_corner = p3d_Vertex.xy * mix(REACH, 3.6, swelling());
    vec3 point = centre + (right * v_corner.x + up * v_corner.y) * radius;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    // In the hand it lies before palm and fingers, whose flesh would cut it off along a line.
    if (in_hand(range) > 0.5) gl_Position.z = -0.9999 * gl_Position.w;
    if (orb_presence() <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
