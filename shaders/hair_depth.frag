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
    // On the skull the skin itself does, and edges of tiles would be drawn as shade.
    if (v_strand.z < 0.0 || v_rest.z > 0.075 && v_strand.x < 0.25) discard;
    if (lock_of(v_strand).a < 0.55) discard;
    color = vec4(0.0);
}
