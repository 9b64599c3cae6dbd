#version 330
// Scene and mist as one picture in linear light, bent where the air vibrates.
#define SMOOTH_EDGES
#pragma include "lib/composite.glsl"
in vec2 uv;
out vec4 color;

void main() { color = vec4(composite(uv), 1.0); }
