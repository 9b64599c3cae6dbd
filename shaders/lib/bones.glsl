// The visitor's hand, carried by its bones as dual quaternions (Kavan et al. 2008). The twin of
// `bent` in models/visitor/rig.py.
#pragma once

uniform vec4 u_bones[36];  // of each bone its turn, then half its shift in it; to camera space

struct Bent {
    vec4 turn;
    vec4 shift;
};

// What four bones do together.
Bent carried(vec4 bones, vec4 weights) {
    vec4 first = u_bones[2 * int(bones.x + 0.5)];
    Bent b = Bent(vec4(0.0), vec4(0.0));
    for (int i = 0; i < 4; ++i) {
        int row = 2 * int(bones[i] + 0.5);
        float share = dot(first, u_bones[row]) < 0.0 ? -weights[i] : weights[i];
        b.turn += share * u_bones[row];
        b.shift += share * u_bones[row + 1];
    }
    float size = length(b.turn);
    return Bent(b.turn / size, b.shift / size);
}

vec3 turned(vec3 v, Bent b) {
    return v + 2.0 * cross(b.turn.xyz, cross(b.turn.xyz, v) + b.turn.w * v);
}

vec3 moved(vec3 p, Bent b) {
    vec3 shift = b.turn.w * b.shift.xyz - b.shift.w * b.turn.xyz + cross(b.turn.xyz, b.shift.xyz);
    return turned(p, b) + 2.0 * shift;
}
