// When the flame comes to which of the thousand worlds.
#pragma once
#pragma include "frame.glsl"

const vec3 AFLOAT = vec3(0.0, 0.0, 12.0);  // where the visitor floats, metres

// Worlds that are passed while one morning breaks: the first ones one by one, later in a wave;
// the last have theirs before the count is full.
float breaking(float order) {
    return min(min(2.2 + 0.24 * order, 48.0), 0.9 * (1000.0 - order));
}

// 0 until the count passes the world's order, 1 when its morning has come.
float lit_since(float order) {
    return clamp((S_dawn_count - order) / breaking(order), 0.0, 1.0);
}

// The flash of the flame that arrives: rises at once, dies as the morning comes.
float spark(float order) {
    float age = (S_dawn_count - order) / breaking(order);
    return smoothstep(-0.12, 0.10, age) * exp(-2.6 * max(age, 0.0));
}
