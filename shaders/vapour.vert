#version 330
// Vapour that winds from the mist on the floor up into the orb: a few arms of many strands that turn
// one way and draw together, a funnel whose mouth lies on the floor and whose tip is in the hand.
#pragma include "lib/orb.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;
in vec2 corner;   // 0..1 along, -1..1 across
in vec4 strand;   // angle, metres from the orb's foot, place across its arm, own number
out vec2 v_corner;
out vec4 v_strand;  // how far it has come, metres from the eye, own number, where it comes forward
const float FLOOR = 0.05;
const float BEYOND = 0.70;      // metres
const float INNERMOST = 0.008;  // metres from the orb's middle, where a strand ends
const float TURNS = 1.15;       // of an arm, from the floor to the orb
const float FAN = 0.95;         // radians to each side that an arm is wide at its mouth

// In one's own hand the funnel's mouth lies on the floor beyond, where one looks, and its rings turn
// from level to face the eye, so that the coils about the fingers are seen round.
vec3 place(float t) {
    float s = 1.0 - t;
    vec3 look = normalize(u_orb - eye());
    float own = in_hand(length(u_orb - eye())), rise = 1.0 - s * sqrt(s);
    vec2 ahead = look.xy / max(length(look.xy), 0.1);
    vec3 right = normalize(cross(look, vec3(0.0, 0.0, 1.0)) + vec3(1e-6, 0.0, 0.0));
    vec3 up = normalize(mix(vec3(ahead, 0.0), cross(right, look), own * smoothstep(0.35, 0.9, t)));
    vec3 axis = mix(vec3(u_orb.xy + own * BEYOND * ahead, FLOOR), u_orb, rise);
    // A spiral of one pitch to the eye: the logarithm of its radius falls with its angle.
    float turns = TURNS * (0.62 * t + 0.38 * t * t * t);
    float angle = strand.x + 6.2831853 * turns + S_breath * 0.14;
    angle += FAN * strand.z * s * (0.5 + 0.5 * s) + 0.10 * sin(7.0 * t + strand.w * 40.0 - 0.35 * S_breath) * s;
    float radius = INNERMOST + strand.y * pow(s, 1.75) * (1.0 + 0.12 * sin(5.0 * t + strand.w * 30.0 - S_breath * 0.3) * s);
    radius += 0.020 * smoothstep(0.75, 0.9, t) * (1.0 - smoothstep(0.9, 1.0, t)) * (0.4 + fract(strand.w * 7.3));
    vec3 p = axis + radius * (right * cos(angle) + up * sin(angle));
    p.z = max(p.z, FLOOR * (0.4 + 0.6 * fract(strand.w * 3.7)));
    return p + curl(p * 2.0 + vec3(strand.w * 2.0, 0.0, -0.2 * S_breath)) * 0.22 * t * s * s;
}

void main() {
    float t = corner.x;
    vec3 point = place(t), along = place(min(t + 0.004, 1.0)) - place(max(t - 0.004, 0.0));
    vec3 away = point - eye();
    float range = length(away);
    vec3 side = normalize(cross(away, along) + vec3(0.0, 0.0, 1e-7));
    float width = mix(0.090, 0.0040, pow(t, 0.55)) * mix(0.25, 1.5, fract(strand.w * 5.1) * fract(strand.w * 5.1)) * smoothstep(0.0, 0.10, t);
    v_corner = corner;
    // Half of them pass behind palm and fingers; the others come forward where nobody sees it, each
    // at its own place, or flesh would cut them off along a line.
    float held = in_hand(length(u_orb - eye()));
    float forward = strand.w < 0.5 && held > 0.5 ? mix(0.72, 0.90, fract(strand.w * 13.1)) : 9.0;
    v_strand = vec4(S_gather * 1.5 - 0.5 * fract(strand.w * 11.0), range, strand.w, forward);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * width, 1.0);
    if (t > forward) gl_Position.z = -0.9998 * gl_Position.w;
    if (S_gather <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
