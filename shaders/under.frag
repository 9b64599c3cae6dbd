#version 330
// Contact: what is beneath is multiplied by what is left of its light, violet rather than black.
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in float v_dark;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    // What casts it goes before the stone does.
    vec3 left = mix(vec3(1.0), vec3(0.07, 0.055, 0.09), smoothstep(0.0, 1.0, v_dark) * (1.0 - smoothstep(0.05, 0.35, S_dissolve)));
    color = vec4(left, 1.0);
}
