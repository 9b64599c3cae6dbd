#version 330
// Vapour that is drawn from the mist on the floor into the hand: streams that have roots of their own
// about the visitor, rise and wind inward before the fingers and behind them, and run thin about a
// fingertip or into the ball of light.
#pragma include "lib/orb.glsl"
#pragma include "lib/noise.glsl"
uniform vec3 u_tips[10];  // last joint and tip of index to little finger and thumb, world metres
in vec4 p3d_Vertex;
in vec2 corner;  // 0..1 along, -1..1 across
in vec4 strand;  // radians from the right, and metres from the hand, of its root; how stout, own number
in vec3 coil;    // how wide its bell is, how high over the orb it passes, metres; where it ends: 0..4 a finger, 5 the ball
out vec2 v_corner;
out vec4 v_strand;  // how far it has come, metres from the eye, own number, stoutness
out vec3 v_light;   // metres to the orb; how much of it is seen, as below; how far it has run
const float FLOOR = 0.04;
const float INNERMOST = 0.016;  // metres from its end
const float SLOW = 0.22, FAST = 1.30, QUICKENS = 0.26;  // how a spiral turns far off and about the hand; metres
const float LEAN = 0.55;        // of its plane about the hand, towards the eye
const float HANDS = 0.75;       // metres from the eye within which depth is the hand's own

// A spiral about the hand, whose radius falls evenly in its logarithm: it comes in almost straight and
// turns ever faster. It lies on the floor far out and rises as a trumpet's bell does.
vec3 place(float t) {
    vec3 to_orb = u_orb - eye(), look = normalize(to_orb);
    float own = in_hand(length(to_orb)), lens = mix(1.0, half_height() / HAND_HALF, own);
    vec2 ahead = look.xy / max(length(look.xy), 0.1);
    vec3 right = vec3(ahead.y, -ahead.x, 0.0);
    float radius = strand.y * pow(INNERMOST / strand.y, t), close = exp(-radius * radius * 12.0);
    float angle = strand.x - SLOW * log(radius / strand.y) + FAST * log(1.0 + QUICKENS / radius) + 0.22 * sin(0.31 * S_breath + 5.0 * strand.x + strand.w) * close;
    vec3 e2 = vec3(ahead, LEAN * close * own);
    float small = mix(1.0, lens, close);
    vec3 off = radius * (small * right * cos(angle) + e2 * sin(angle));
    float bell = radius / coil.x;
    off.z -= (u_orb.z - FLOOR) * (1.0 - exp(-bell * bell)) - small * coil.y * close * smoothstep(0.0, 0.15, radius);
    vec3 end = u_orb;
    if (coil.z < 4.5 && own > 0.5) {
        // Round a finger from its last joint to its tip.
        int finger = int(coil.z + 0.5);
        float a = smoothstep(0.78, 1.0, t);
        vec3 joint = u_tips[2 * finger], tip = u_tips[2 * finger + 1], bone = normalize(tip - joint);
        vec3 aside = normalize(cross(bone, look)), deep = cross(aside, bone);
        float around = 15.0 * a + strand.w * 6.0;
        vec3 ring = 0.0130 * (aside * cos(around) * lens + deep * sin(around));
        end = mix(u_orb, mix(joint, tip, 0.1 + 1.0 * a) + ring * (1.0 - 0.6 * a), smoothstep(0.45, 0.82, t));
        off *= 1.0 - 0.9 * smoothstep(0.74, 0.86, t);
    }
    vec3 p = end + off;
    vec3 stir = curl(p * 1.5 + vec3(strand.w * 0.5, 0.0, -0.22 * S_breath)) + 0.35 * curl(p * 3.6 + vec3(0.0, strand.w, -0.35 * S_breath));
    return p + stir * 0.14 * radius / (0.5 + radius) * (1.0 - 0.6 * close);
}

void main() {
    float t = corner.x;
    vec3 point = place(t), along = place(min(t + 0.004, 1.0)) - place(max(t - 0.004, 0.0));
    vec3 away = point - eye();
    float range = length(away), stout = strand.z;
    vec3 side = normalize(cross(away, along) + vec3(0.0, 0.0, 1e-7));
    float knots = 0.65 + 0.7 * value_noise(vec3(strand.w * 90.0, t * 11.0 - 0.25 * S_breath, 1.0));
    float radius = strand.y * pow(INNERMOST / strand.y, t), open = radius / (radius + 0.35);
    float width = mix(mix(0.0036, 0.017, stout), mix(0.10, 0.30, stout), open * open) * knots * mix(1.0, 0.4, smoothstep(0.75, 1.0, t));
    v_corner = corner;
    v_strand = vec4(S_gather * 1.5 - 0.5 * fract(strand.w * 11.0), range, strand.w, stout);
    vec3 to = u_orb - point;
    // A ribbon that comes at the eye would fold; one before the hand, or laid over palm and wrist, would hide it.
    float before = mix(0.10, 1.0, smoothstep(-0.045, 0.015, range - length(u_orb - eye())));
    vec3 right = p3d_ViewMatrixInverse[0].xyz, rise = normalize(cross(right, u_orb - eye()));
    float low = smoothstep(0.008, 0.04, dot(to, rise)) * (1.0 - smoothstep(0.16, 0.30, length(to)));
    float on_arm = smoothstep(-0.005, 0.03, dot(to, rise)) * smoothstep(-0.03, 0.02, -dot(to, right));
    low = max(low, on_arm * (1.0 - smoothstep(0.25, 0.50, length(to))));
    v_light = vec3(length(to), length(cross(normalize(away), normalize(along))) * before * (1.0 - 0.97 * low), t * 3.6);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * width, 1.0);
    if (range < HANDS) gl_Position = orb_depth(gl_Position, length(u_orb - eye()), 0.0, 0.0);
    if (S_gather <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
