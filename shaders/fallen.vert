#version 330
// The fallen one: a fine shiver that stills, and lids that tremble.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float part;
in float ao;
in float lid;
uniform vec3 u_head_right;
uniform vec3 u_eye_right;
uniform vec3 u_eye_left;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec2 v_kind;  // part, ao

const float CLOSED = 0.74;   // radians from the open lid to the shut one
const float SHIVER = 0.0017; // metres

vec3 turned(vec3 v, vec3 axis, float angle) {
    return v * cos(angle) + cross(axis, v) * sin(angle) + axis * dot(axis, v) * (1.0 - cos(angle));
}

// 6 to 9 Hz, in bursts, a little out of step along the body; what touches the stone stays.
vec3 shiver(vec3 p) {
    float t = S_breath * 2.0 * PI;
    float burst = 0.55 + 0.45 * sin(t * 0.31) * sin(t * 0.173 + 1.0);
    vec3 way = vec3(sin(t * 7.3 + p.y * 7.0), 0.6 * sin(t * 6.1 + p.x * 9.0), 0.8 * sin(t * 8.7 + p.y * 5.0 + 2.0));
    return SHIVER * S_shiver * burst * smoothstep(0.004, 0.09, p.z) * way;
}

void main() {
    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    v_rest = p;
    if (lid > 0.0 && S_lids > 0.0) {
        vec3 eyeball = distance(p, u_eye_right) < distance(p, u_eye_left) ? u_eye_right : u_eye_left;
        float shut = clamp(0.62 * S_lids + 0.34 * S_flutter, 0.0, 1.0);
        p = eyeball + turned(p - eyeball, u_head_right, -CLOSED * shut * lid);
        n = turned(n, u_head_right, -CLOSED * shut * lid);
    }
    if (S_shiver > 0.0) p += shiver(p);
    v_point = p;
    v_normal = n;
    v_kind = vec2(part, ao);
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
