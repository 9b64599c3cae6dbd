#version 330
// Single hairs: soft at both sides. Written premultiplied, and laid over what is beneath them.
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_color;
in vec2 v_cover;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (v_rest.z < u_clip) discard;
    float cover = v_cover.x * (1.0 - smoothstep(0.30, 1.0, abs(v_cover.y)));
    color = vec4((v_color + dissolve_edge(v_rest)) * cover, cover);
}
