#version 330
// The fallen one: a fine shiver that stills, and lids that fall shut and later tremble.
#pragma include "lib/frame.glsl"
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

const float SHIVER = 0.0017;  // metres
const float VACANT = 0.55;    // how far open eyes are that see nothing

// 0 shut .. 1 open. As the shivering stills the eyes fall shut; at last they tremble and are
// about to open.
float opened() {
    float vacant = VACANT * smoothstep(0.06, 0.42, S_shiver);
    float stirred = S_lids * clamp(0.15 + 0.28 * S_flutter, 0.0, 1.0);
    return max(vacant, stirred);
}

// 6 to 9 Hz, in bursts, a little out of step along the body; what touches the stone stays.
vec3 shiver(vec3 p) {
    float t = S_breath * 2.0 * PI;
    float burst = 0.55 + 0.45 * sin(t * 0.31) * sin(t * 0.173 + 1.0);
    vec3 way = vec3(sin(t * 7.3 + p.y * 7.0), 0.6 * sin(t * 6.1 + p.x * 9.0), 0.8 * sin(t * 8.7 + p.y * 5.0 + 2.0));
    return SHIVER * S_shiver * burst * smoothstep(0.004, 0.09, p.z) * way;
}

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
