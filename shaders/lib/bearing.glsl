// How somebody bears themselves at this moment: bow, breath, sobs, sway, the look up. Everything
// is a function of the state and of the person; the hush stills it as its front goes by.
// Reckoned once for everybody in each frame (shaders/poses.frag), not for every vertex.
//   person space   metres, +y is where the body faces, +x its right hand, the floor is z = 0
#pragma once
#pragma include "frame.glsl"
uniform sampler2D u_people;    // a row a person: x y z heading | scale mirror phase dirt | colour
uniform sampler2D u_postures;  // a row a drape: waist | chest | neck | pose | three rows head -> person
uniform vec3 u_orb;

struct Joints {
    vec3 waist, chest, neck;
    vec4 pose;  // bow as sculpted, the head's angle below the horizon, 1 if kneeling, the head's turn
};

struct Bearing {
    float phase, restless, passing;  // the hush: how much moves, and how near its front is
    float look, gasp, burst, sob, breath;
    vec3 pitch, yaw;  // of neck, chest, waist
    float roll, lean;  // aside, of the head and of the whole trunk
    vec2 way;         // where the body faces
    vec2 aside;       // how far the eyes look right of and above where the face does, radians
};

const float BOW_NECK = 0.62, BOW_CHEST = 0.13, BOW_WAIST = 0.11;  // radians for a whole bow
const float TILT = 0.14, ASKANCE = 0.24, CHIN = 0.11;  // radians by which no two look up alike
const float LEAN = 0.075;  // radians that a trunk is off its posture at most
const float LATE = 2.4, SLOWEST = 3.6;  // seconds that the slowest needs to begin, and to look up

// A number of the person's own, 0 to 1; `which` tells one such number from another.
float own(float phase, float which) { return fract(phase * (5.17 + 3.31 * which) + 0.37 * which); }

// stand: x y z heading; self: scale mirror phase dirt.
Bearing bearing(vec4 stand, vec4 self, Joints at) {
    Bearing b;
    b.phase = self.z * 2.0 * PI;
    float radius = length(stand.xy), t = S_breath;

    // The hush: restless before its front, almost still behind it; a shudder as it goes by.
    float hushed = smoothstep(-0.5, 1.5, S_hush_front - radius) * step(0.01, S_hush_front);
    b.passing = exp(-pow((S_hush_front - radius) * 0.8, 2.0)) * step(0.01, S_hush_front);
    b.restless = mix(1.0, 0.38, hushed) * (1.0 - S_held);

    // Who has been reached by the wave of heads, each a moment late and as fast as they are.
    float late = LATE * own(self.z, 0.0) * own(self.z, 0.0), takes = mix(1.6, SLOWEST, own(self.z, 1.0));
    b.look = smoothstep(0.0, takes, S_look_front - radius - late) * step(0.01, S_look_front);
    b.gasp = b.look * (1.0 - b.look) * 4.0;
    b.look *= mix(1.0, 0.55, smoothstep(0.88, 0.94, own(self.z, 15.0)));  // some only dare to by half

    float facing = stand.w - 0.5 * PI;
    b.way = vec2(cos(facing), sin(facing));
    vec3 to = u_orb - vec3(stand.xy, stand.z + at.neck.z * self.x);
    vec2 to_own = vec2(dot(to.xy, b.way), dot(to.xy, vec2(-b.way.y, b.way.x)));
    // `own` is of the body; the head is sculpted turned aside already.
    float turn = atan(-to_own.x * self.y, max(to_own.y, -0.2)) - at.pose.w;
    float rise = clamp(atan(to.z, length(to.xy)), -0.25, 0.55);
    // Faces stop a little short of what the eyes look at, or beyond it.
    vec2 stop = vec2(ASKANCE, CHIN) * (2.0 * vec2(own(self.z, 2.0), own(self.z, 3.0)) - 1.0);
    float yaw = clamp(turn + stop.x, -1.0, 1.0);
    b.aside = vec2(clamp(yaw - turn, -0.35, 0.35), -stop.y) * b.look;

    // Bowing: whole rotations for a bow of one; each person bows in their own measure.
    float measure = 0.84 + 0.48 * own(self.z, 4.0) * own(self.z, 4.0);
    vec3 down = (S_bow * measure - at.pose.x) * vec3(BOW_NECK, BOW_CHEST, BOW_WAIST);
    float lift = at.pose.y + rise + stop.y - 0.10;
    b.pitch = mix(-down, lift * vec3(0.72, 0.18, 0.10), b.look);
    b.yaw = vec3(0.60, 0.28, 0.12) * yaw * b.look;
    // In grief a head hangs a little to one side.
    b.yaw.x += 0.14 * (own(self.z, 5.0) - 0.5) * S_bow * (1.0 - b.look);

    // Nobody stands quite straight.
    b.pitch.z += LEAN * (2.0 * own(self.z, 16.0) - 1.0);
    b.lean = LEAN * (2.0 * own(self.z, 17.0) - 1.0);

    // Sobs come in bursts, then rest.
    b.burst = pow(max(sin(t * 0.37 + b.phase * 5.0), 0.0), 6.0) * b.restless * (1.0 - b.look);
    b.sob = b.burst * sin(t * 9.5 + b.phase * 3.0);
    b.breath = sin(t * 1.45 + b.phase) * (1.0 - 0.6 * S_held);
    b.pitch.x += 0.022 * b.sob + 0.012 * b.breath * b.restless + 0.05 * b.gasp;
    b.pitch.y += 0.010 * b.sob + 0.018 * b.gasp;
    b.roll = 0.03 * sin(t * 0.23 + b.phase * 2.0) * b.restless;
    b.roll += TILT * (2.0 * own(self.z, 6.0) - 1.0) * mix(0.55 * S_bow, 1.0, b.look);
    return b;
}

// One rotation in the place of three: pitch about x, then yaw about z, then roll about y. Its axis
// is as long as its angle, so that any share of it is a turn by a share of the angle.
vec3 rotation(float pitch, float yaw, float roll) {
    vec3 s = sin(0.5 * vec3(pitch, yaw, roll)), c = cos(0.5 * vec3(pitch, yaw, roll));
    vec4 q = vec4(s.x * c.y, s.x * s.y, c.x * s.y, c.x * c.y);  // yaw after pitch: x y z w
    q = vec4(q.x * c.z + q.z * s.z, q.y * c.z + q.w * s.z, q.z * c.z - q.x * s.z, q.w * c.z - q.y * s.z);
    float sine = length(q.xyz);
    return q.xyz * (sine > 1e-5 ? 2.0 * atan(sine, q.w) / sine : 2.0);
}
