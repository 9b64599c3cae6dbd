// Where a point of somebody is at this moment: what shaders/poses.frag has reckoned for the person,
// laid on the point. Turning is by a vector whose length is the angle (Rodrigues), as a series that
// is good to a thousandth up to a radian and a half, so that a vertex needs no sine.
#pragma once
#pragma include "frame.glsl"
uniform sampler2D u_poses;   // a row a person, see shaders/poses.frag
uniform sampler2D u_chosen;  // who is drawn: a row of u_poses, the share of them in this level;
                             // 1,024 to a row (world/scene/instances.py)
uniform float u_first;       // where this geometry's people begin

struct Posed {
    vec4 body;    // where it faces, scale, mirror
    vec4 stand;   // x y z, phase
    vec4 neck;    // turned by, look
    vec4 chest;   // turned by, lift
    vec4 waist;   // turned by, swelling of the chest
    vec4 sway;    // of the whole per metre of height, how far hems stir, 1 if kneeling
};

// The person of this instance, and the share of their height that this level draws: above 0 from
// below, below 0 what is above it.
vec2 chosen() {
    int entry = gl_InstanceID + int(u_first + 0.5);
    return texelFetch(u_chosen, ivec2(entry & 1023, entry >> 10), 0).rg;
}

vec4 posed_texel(int who, int which) { return texelFetch(u_poses, ivec2(which, who), 0); }

Posed posed(int who) {
    return Posed(posed_texel(who, 0), posed_texel(who, 1), posed_texel(who, 2), posed_texel(who, 3),
                 posed_texel(who, 4), posed_texel(who, 5));
}

// Turned about a pivot by a rotation vector.
void bend(inout vec3 p, inout vec3 n, vec3 pivot, vec3 by) {
    float t = dot(by, by);
    float a = 1.0 + t * (-1.0 / 6.0 + t / 120.0), b = 0.5 + t * (-1.0 / 24.0 + t / 720.0);
    vec3 q = p - pivot, once = cross(by, q);
    p += a * once + b * cross(by, once);
    once = cross(by, n);
    n += a * once + b * cross(by, once);
}

// A point of the body and its normal, moved; joint: the weights of waist, chest and neck.
void bow(inout vec3 p, inout vec3 n, vec3 joint, Posed at, vec3 waist, vec3 chest, vec3 neck, vec3 raised, vec3 raised_normal) {
    bend(p, n, neck, at.neck.xyz * joint.z);
    p += raised * at.neck.w;
    n += raised_normal * at.neck.w;
    bend(p, n, chest, at.chest.xyz * joint.y);
    bend(p, n, waist, at.waist.xyz * joint.x);
    // Weight shifts from foot to foot.
    p.xy += p.z * at.sway.xy;
}

// From a person's own space to where they stand in the world.
vec3 placed(vec3 p, Posed at) {
    p.x *= at.body.w;
    p *= at.body.z;
    return vec3(mat2(at.body.x, at.body.y, -at.body.y, at.body.x) * p.xy + at.stand.xy, p.z + at.stand.z);
}

vec3 turned(vec3 n, Posed at) {
    n.x *= at.body.w;
    return vec3(mat2(at.body.x, at.body.y, -at.body.y, at.body.x) * n.xy, n.z);
}
