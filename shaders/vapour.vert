#version 330
// Vapour that winds from a ring on the floor inwards and up into the orb: a helix that tightens.
#pragma include "lib/orb.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;
in vec2 corner;   // 0..1 along, -1..1 across
in vec4 strand;   // angle, metres from the orb's foot, turns, own number
out vec2 v_corner;
out vec3 v_strand;  // how far it has come, metres from the eye, own number
const float FLOOR = 0.04;
const float BEFORE = 0.35;  // of the strands; twin of vapour.frag

vec3 place(float t) {
    float reach = in_hand(length(u_orb - eye())) > 0.5 ? 0.012 : 0.02;
    float angle = strand.x + 6.2831853 * strand.z * pow(t, 1.7) + S_breath * (0.10 + 0.16 * t);
    float radius = reach + (strand.y * 0.75 - reach) * pow(1.0 - t, 1.5);
    radius *= 1.0 + 0.35 * sin(7.0 * t + strand.w * 40.0) * (1.0 - t);
    float rise = smoothstep(0.0, 1.0, pow(t, 1.2));
    vec3 p = vec3(u_orb.xy + radius * vec2(cos(angle), sin(angle)), mix(FLOOR, u_orb.z, rise));
    float loose = (1.0 - t) * t * 0.30;
    return p + curl(p * 2.2 + vec3(strand.w * 9.0, 0.0, -0.22 * S_breath)) * loose * vec3(0.5, 0.5, 0.35);
}

void main() {
    float t = corner.x;
    vec3 point = place(t), along = place(min(t + 0.006, 1.0)) - place(max(t - 0.006, 0.0));
    vec3 away = point - eye();
    float range = length(away);
    vec3 side = normalize(cross(away, along) + vec3(0.0, 0.0, 1e-7));
    float width = mix(0.075, 0.005, pow(t, 0.7)) * (0.4 + 1.2 * strand.w) * smoothstep(0.0, 0.08, t);
    v_corner = corner;
    v_strand = vec3(S_gather * 1.5 - 0.5 * strand.w, range, strand.w);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * width, 1.0);
    // Close to the orb it winds about the fingers in the hand's own depth: some strands well before
    // them, the others well behind, so that no flesh cuts one along a line.
    if (t > 0.8) gl_Position = orb_depth(gl_Position, length(u_orb - eye()), 0.0, strand.w < BEFORE ? 0.16 : -0.16);
    if (S_gather <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
