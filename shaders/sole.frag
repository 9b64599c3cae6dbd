#version 330
// Contact: the stone is multiplied by what is left of its light, violet rather than black.
#pragma include "lib/frame.glsl"
in float v_dark;
out vec4 color;

void main() {
    // What casts it goes before the stone does.
    vec3 left = mix(vec3(1.0), vec3(0.14, 0.11, 0.17), smoothstep(0.0, 0.72, v_dark) * (1.0 - smoothstep(0.05, 0.35, S_dissolve)));
    color = vec4(left, 1.0);
}
