// How somebody bears themselves at this moment: bow, breath, sobs, sway, the look up. Everything
// is a function of the state and of the person; the hush stills it as its front goes by.
//   person space   metres, +y is where the body faces, +x its right hand, the floor is z = 0
#pragma once
#pragma include "frame.glsl"
uniform sampler2D u_people;  // a row a person: x y z heading | scale mirror phase dirt | colour
uniform sampler2D u_chosen;  // rows of the people that this geometry draws
uniform vec3 u_orb;

struct Joints {
    vec3 waist, chest, neck;
    vec3 pose;  // bow as sculpted, the head's angle below the horizon, 1 if kneeling
};

struct Bearing {
    float phase, restless, passing;  // the hush: how much moves, and how near its front is
    float look, gasp, burst, sob, breath;
    vec3 pitch, yaw;  // of neck, chest, waist
    float roll;
    vec2 way;         // where the body faces
};

const float BOW_NECK = 0.62, BOW_CHEST = 0.13, BOW_WAIST = 0.11;  // radians for a whole bow

// Turned by `angle` in the plane of two axes, about a pivot.
void bend(inout vec3 p, inout vec3 n, vec3 pivot, float pitch, float yaw, float roll) {
    vec3 q = p - pivot;
    vec2 c = vec2(cos(pitch), sin(pitch));
    q.yz = vec2(c.x * q.y - c.y * q.z, c.y * q.y + c.x * q.z);
    n.yz = vec2(c.x * n.y - c.y * n.z, c.y * n.y + c.x * n.z);
    c = vec2(cos(yaw), sin(yaw));
    q.xy = vec2(c.x * q.x - c.y * q.y, c.y * q.x + c.x * q.y);
    n.xy = vec2(c.x * n.x - c.y * n.y, c.y * n.x + c.x * n.y);
    c = vec2(cos(roll), sin(roll));
    q.xz = vec2(c.x * q.x + c.y * q.z, c.x * q.z - c.y * q.x);
    n.xz = vec2(c.x * n.x + c.y * n.z, c.x * n.z - c.y * n.x);
    p = q + pivot;
}

// stand: x y z heading; self: scale mirror phase dirt.
Bearing bearing(vec4 stand, vec4 self, Joints at) {
    Bearing b;
    b.phase = self.z * 2.0 * PI;
    float radius = length(stand.xy), t = S_breath;

    // The hush: restless before its front, almost still behind it; a shudder as it goes by.
    float hushed = smoothstep(-0.5, 1.5, S_hush_front - radius) * step(0.01, S_hush_front);
    b.passing = exp(-pow((S_hush_front - radius) * 0.8, 2.0)) * step(0.01, S_hush_front);
    b.restless = mix(1.0, 0.38, hushed) * (1.0 - S_held);

    // Who has been reached by the wave of heads, each a moment late in their own way.
    b.look = smoothstep(0.0, 2.4, S_look_front - radius - 1.3 * self.z) * step(0.01, S_look_front);
    b.gasp = b.look * (1.0 - b.look) * 4.0;

    float facing = stand.w - 0.5 * PI;
    b.way = vec2(cos(facing), sin(facing));
    vec3 to = u_orb - vec3(stand.xy, stand.z + at.neck.z * self.x);
    vec2 to_own = vec2(dot(to.xy, b.way), dot(to.xy, vec2(-b.way.y, b.way.x)));
    float yaw = clamp(atan(-to_own.x, max(to_own.y, -0.2)), -1.0, 1.0) * self.y;
    float rise = clamp(atan(to.z, length(to.xy)), -0.25, 0.55);

    // Bowing: whole rotations for a bow of one; each person bows in their own measure.
    float own = 0.88 + 0.26 * fract(self.z * 7.31);
    vec3 down = (S_bow * own - at.pose.x) * vec3(BOW_NECK, BOW_CHEST, BOW_WAIST);
    float lift = at.pose.y + rise - 0.10;
    b.pitch = mix(-down, lift * vec3(0.72, 0.18, 0.10), b.look);
    b.yaw = vec3(0.60, 0.28, 0.12) * yaw * b.look;

    // Sobs come in bursts, then rest.
    b.burst = pow(max(sin(t * 0.37 + b.phase * 5.0), 0.0), 6.0) * b.restless * (1.0 - b.look);
    b.sob = b.burst * sin(t * 9.5 + b.phase * 3.0);
    b.breath = sin(t * 1.45 + b.phase) * (1.0 - 0.6 * S_held);
    b.pitch.x += 0.022 * b.sob + 0.012 * b.breath * b.restless + 0.05 * b.gasp;
    b.pitch.y += 0.010 * b.sob + 0.018 * b.gasp;
    b.roll = 0.03 * sin(t * 0.23 + b.phase * 2.0) * b.restless;
    return b;
}

// A point of the body and its normal, moved; joint: the weights of waist, chest and neck.
void bow(inout vec3 p, inout vec3 n, vec3 joint, Bearing b, Joints at, vec3 raised, vec3 raised_normal) {
    bend(p, n, at.neck, b.pitch.x * joint.z, b.yaw.x * joint.z, b.roll * joint.z);
    p += raised * b.look;
    n += raised_normal * b.look;
    bend(p, n, at.chest, b.pitch.y * joint.y, b.yaw.y * joint.y, 0.0);
    bend(p, n, at.waist, b.pitch.z * joint.x, b.yaw.z * joint.x, 0.0);

    // Weight shifts from foot to foot.
    float tall = p.z * (1.0 - 0.6 * at.pose.z);
    p.xy += tall * 0.009 * b.restless * vec2(sin(S_breath * 0.41 + b.phase), 0.7 * sin(S_breath * 0.33 + b.phase * 1.7));
}

// From a person's own space to where they stand in the world.
vec3 placed(vec3 p, vec4 stand, vec4 self, vec2 way) {
    p.x *= self.y;
    p *= self.x;
    return vec3(mat2(way.x, way.y, -way.y, way.x) * p.xy + stand.xy, p.z + stand.z);
}

vec3 turned(vec3 n, vec4 self, vec2 way) {
    n.x *= self.y;
    return vec3(mat2(way.x, way.y, -way.y, way.x) * n.xy, n.z);
}
