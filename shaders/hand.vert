#version 330
// The visitor's hand: bent at its joints, posed before the eye, seen through a lens of its own.
// The twin of `bent` in models/hand.py.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 finger;  // which finger (4 is the thumb); how many of its joints lie below
in float part;
in float ao;
uniform mat4 u_hand_projection;  // camera space (x right, y forward, z up) -> clip
uniform mat4 u_hand_pose;        // the hand's frame -> camera space
uniform vec3 u_curls;            // index, middle, ring; radians at each joint
uniform vec2 u_curls_outer;      // little, thumb
uniform vec3 u_joints[15];       // three a finger
uniform vec3 u_axes[5];
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec2 v_kind;  // part, ao

const float NEAREST = 0.04;  // the share of the depth range that the hand keeps to

vec3 turned(vec3 v, vec3 axis, float angle) {
    return v * cos(angle) + cross(axis, v) * sin(angle) + axis * dot(axis, v) * (1.0 - cos(angle));
}

void main() {
    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    v_rest = p;
    int which = int(finger.x + 0.5);
    float curl = which < 3 ? u_curls[which] : u_curls_outer[which - 3];
    for (int bone = 2; bone >= 0; --bone) {
        float angle = curl * clamp(finger.y - float(bone), 0.0, 1.0);
        vec3 pivot = u_joints[which * 3 + bone];
        p = pivot + turned(p - pivot, u_axes[which], angle);
        n = turned(n, u_axes[which], angle);
    }
    vec3 held = (u_hand_pose * vec4(p, 1.0)).xyz;
    vec3 facing = mat3(u_hand_pose) * n;
    v_point = (p3d_ViewMatrixInverse * vec4(held, 1.0)).xyz;
    v_normal = mat3(p3d_ViewMatrixInverse) * facing;
    v_kind = vec2(part, ao);
    gl_Position = u_hand_projection * vec4(held, 1.0);
    gl_Position.z = (gl_Position.z + gl_Position.w) * NEAREST - gl_Position.w;
}
