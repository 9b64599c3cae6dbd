#version 330
// Vapour that winds from the mist on the floor up into the orb: a spiral that tightens about the
// fingers.
#pragma include "lib/orb.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;
in vec2 corner;   // 0..1 along, -1..1 across
in vec4 strand;   // angle, metres from the orb's foot, turns, own number
out vec2 v_corner;
out vec3 v_strand;  // how far it has come, metres from the eye, own number
const float BEFORE = 0.35;  // of the strands; twin of vapour.frag
const float FLOOR = 0.06;
const float BEYOND = 0.85;             // metres
const vec2 COIL = vec2(0.085, 0.014);  // metres from the fingertips: where it begins to coil, at its end
const float COILS_FROM = 0.72;         // share of its length

vec3 place(float t) {
    float last = smoothstep(COILS_FROM, 1.0, t);
    float angle = strand.x + 6.2831853 * strand.z * (0.75 * pow(t, 1.3) + 0.6 * last * last) + S_breath * 0.16;
    float radius = mix(mix(strand.y, COIL.x, pow(min(t / COILS_FROM, 1.0), 0.7)), COIL.y, last);
    radius *= 1.0 + 0.22 * sin(9.0 * t + strand.w * 40.0 - S_breath * 0.4) * (1.0 - t);
    float rise = smoothstep(0.05, 1.0, pow(t, 1.15));
    float dip = 0.05 * sin(last * 3.1415927) * (2.0 * strand.w - 1.0);  // coils come from all sides
    // In one's own hand it comes from the floor beyond, where one looks.
    vec2 beyond = u_orb.xy - eye().xy;
    vec2 foot = u_orb.xy + in_hand(length(u_orb - eye())) * BEYOND * beyond / max(length(beyond), 0.1) * (1.0 - rise);
    vec3 p = vec3(foot + radius * vec2(cos(angle), sin(angle)), mix(FLOOR, u_orb.z, rise) + dip);
    float loose = (1.0 - t) * t * 0.36;
    return p + curl(p * 2.2 + vec3(strand.w * 9.0, 0.0, -0.22 * S_breath)) * loose * vec3(0.5, 0.5, 0.35);
}

void main() {
    float t = corner.x;
    vec3 point = place(t), along = place(min(t + 0.004, 1.0)) - place(max(t - 0.004, 0.0));
    vec3 away = point - eye();
    float range = length(away);
    vec3 side = normalize(cross(away, along) + vec3(0.0, 0.0, 1e-7));
    float width = mix(0.13, 0.009, pow(t, 0.6)) * (0.5 + strand.w) * smoothstep(0.0, 0.08, t);
    v_corner = corner;
    v_strand = vec3(S_gather * 1.5 - 0.5 * strand.w, range, strand.w);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * width, 1.0);
    // Close to the orb it winds about the fingers in the hand's own depth: some strands well before
    // them, the others well behind, so that no flesh cuts one along a line.
    if (t > 0.8) gl_Position = orb_depth(gl_Position, length(u_orb - eye()), 0.0, strand.w < BEFORE ? 0.16 : -0.16);
    if (S_gather <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
