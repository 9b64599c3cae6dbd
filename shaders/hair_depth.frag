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
    // On the skull it is as deep as the skin beneath; elsewhere locks begin hair by hair.
    if (v_strand.z < 0.0) discard;
    // So late that no edge is left where shade would gather.
    vec4 hair = lock_of(v_strand);
    if (hair.a < 0.55 || v_strand.x < first_of(v_strand, hair) + 0.05) discard;
    color = vec4(0.0);
}
