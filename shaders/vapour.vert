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
const float BEYOND = 0.85;   // metres
const float INNERMOST = 0.011;  // metres from the orb's middle, where a strand ends
const float RISES_FROM = 0.30;  // share of its length: it has drawn near before it climbs

// A funnel that leans to the hand: wide and slow over the floor, then round and round the fingers
// in a plane of each strand's own. No two draw in alike, or their coils would make a disc.
vec3 place(float t) {
    float last = smoothstep(0.55, 1.0, t), own = fract(strand.w * 7.3);
    float turns = strand.z * (0.7 * t + 0.9 * last * last);
    float angle = strand.x + 6.2831853 * turns + S_breath * 0.16;
    float radius = INNERMOST + strand.y * pow(1.0 - t, mix(1.5, 2.9, own));
    radius *= 1.0 + 0.22 * sin(9.0 * t + strand.w * 40.0 - S_breath * 0.4) * (1.0 - t);
    float rise = smoothstep(RISES_FROM, 0.96, t);
    // In one's own hand it comes from the floor beyond, where one looks.
    vec2 beyond = u_orb.xy - eye().xy;
    vec2 foot = u_orb.xy + in_hand(length(u_orb - eye())) * BEYOND * beyond / max(length(beyond), 0.1) * (1.0 - rise);
    vec2 round = radius * vec2(cos(angle), sin(angle));
    float tilt = dot(round, vec2(cos(strand.w * 40.0), sin(strand.w * 40.0))) * mix(0.3, 1.1, own) * last;
    vec3 p = vec3(foot + round, mix(FLOOR, u_orb.z, rise) + tilt);
    float loose = (1.0 - t) * t * mix(1.5, 0.40, smoothstep(0.45, 0.85, t));
    return p + curl(p * 2.2 + vec3(strand.w * 9.0, 0.0, -0.22 * S_breath)) * loose * vec3(0.5, 0.5, 0.35);
}

void main() {
    float t = corner.x;
    vec3 point = place(t), along = place(min(t + 0.004, 1.0)) - place(max(t - 0.004, 0.0));
    vec3 away = point - eye();
    float range = length(away);
    vec3 side = normalize(cross(away, along) + vec3(0.0, 0.0, 1e-7));
    float width = mix(0.20, 0.006, pow(t, 0.55)) * (0.5 + strand.w) * smoothstep(0.0, 0.08, t);
    v_corner = corner;
    v_strand = vec3(S_gather * 1.5 - 0.5 * strand.w, range, strand.w);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * width, 1.0);
    // Close to the orb it winds about the fingers in the hand's own depth: some strands well before
    // them, the others well behind, so that no flesh cuts one along a line.
    if (t > 0.8) gl_Position = orb_depth(gl_Position, length(u_orb - eye()), 0.0, strand.w < BEFORE ? 0.16 : -0.16);
    if (S_gather <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
