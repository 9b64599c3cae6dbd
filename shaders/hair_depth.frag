#version 330
// Where hair hides what is behind it from shade and mist: its own soft edges write no depth, and the
// stone's dark cracks would be laid over it.
#pragma include "lib/dissolve.glsl"
#pragma include "lib/lock.glsl"
in vec3 v_rest;
in vec3 v_strand;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    // Before the brow's locks have begun there is only the skin, and single hairs on it.
    if (v_strand.z < 0.0 && v_strand.x < 0.45) discard;
    if (lock_of(v_strand).a < 0.55) discard;
    color = vec4(0.0);
}
