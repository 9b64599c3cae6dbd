#version 330
// The visitor's hand, bent at its joints and held before the eye.
#pragma include "lib/frame.glsl"
#pragma include "lib/bones.glsl"
#pragma include "lib/held.glsl"
#pragma include "lib/orb.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 bones;
in vec4 weights;
in vec2 nail;    // place on a nail round the finger and along it, in halves of its size
in vec2 finger;  // joints passed; -1 the inside to 1 the back
in vec3 open;    // the mean way that is open to the sky
in vec4 flesh;   // open sky, thickness, blood, crease
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec2 v_nail;
out vec2 v_finger;
out vec4 v_flesh;
out vec3 v_open;
flat out vec3 v_ball;  // pixels: where the orb's middle is seen, and its radius

void main() {
    Bent bent = carried(bones, weights);
    vec3 point = moved(p3d_Vertex.xyz, bent);
    mat3 to_world = mat3(p3d_ViewMatrixInverse);
    v_rest = p3d_Vertex.xyz;
    v_point = (p3d_ViewMatrixInverse * vec4(point, 1.0)).xyz;
    v_normal = to_world * turned(p3d_Normal, bent);
    v_open = to_world * turned(open, bent);
    v_nail = nail;
    v_finger = finger;
    v_flesh = flesh;
    gl_Position = held_in_view(point);
    float range = length(u_orb - eye()), radius = orb_radius(range);
    vec3 up = normalize(cross(p3d_ViewMatrixInverse[0].xyz, u_orb - eye()));
    vec4 seen = p3d_ViewProjectionMatrix * vec4(orb_centre(range, radius, up), 1.0);
    v_ball = vec3((seen.xy / seen.w * 0.5 + 0.5) * u_size, radius / range * 0.5 * u_size.y / half_height());
}
