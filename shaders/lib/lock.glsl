// The picture of a lock's hairs.
#pragma once

uniform sampler2D u_hairs;  // models/people/hairs.py: how high, tone, round side, cover

const float KINDS = 4.0;  // of locks in the picture

// What is seen of a lock's hairs at `strand`: along, across, and the lock's own number.
vec4 lock_of(vec3 strand) {
    float kind = floor(abs(strand.z) * 61.0);
    float across = mod(kind, 2.0) < 0.5 ? strand.y : -strand.y;
    return texture(u_hairs, vec2((mod(kind, KINDS) + 0.5 + 0.5 * across) / KINDS, strand.x));
}

// Where along a loose lock a hair of it, as the picture has it, is first seen: it begins in a tongue
// of single hairs.
float first_of(vec3 strand, vec4 hair) {
    return 0.20 * fract(hair.g * 5.0 + hair.r) + 0.13 * strand.y * strand.y - 0.04;
}
