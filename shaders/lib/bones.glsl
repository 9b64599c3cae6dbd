// The visitor's hand, carried by its bones as dual quaternions (Kavan et al. 2008). The twin of
// `bent` in models/rig.py.
#pragma once

uniform vec4 u_bones[36];  // of each bone its turn, then half its shift in it; to camera space

vec3 turned(vec3 v, vec4 q) { return v + 2.0 * cross(q.xyz, cross(q.xyz, v) + q.w * v); }

// Point and normal at rest -> where four bones carry them.
void carry(vec4 bones, vec4 weights, inout vec3 point, inout vec3 normal) {
    vec4 first = u_bones[2 * int(bones.x + 0.5)];
    vec4 real = vec4(0.0), dual = vec4(0.0);
    for (int i = 0; i < 4; ++i) {
        int row = 2 * int(bones[i] + 0.5);
        float share = dot(first, u_bones[row]) < 0.0 ? -weights[i] : weights[i];
        real += share * u_bones[row];
        dual += share * u_bones[row + 1];
    }
    float size = length(real);
    real /= size;
    dual /= size;
    point = turned(point, real) + 2.0 * (real.w * dual.xyz - dual.w * real.xyz + cross(real.xyz, dual.xyz));
    normal = turned(normal, real);
}
