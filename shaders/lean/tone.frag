#version 330
// Mist and tone in one: what lib/tone.glsl does, without a composed picture of its own.
#pragma include "../lib/composite.glsl"
#pragma include "../lib/tone.glsl"
uniform sampler2D u_bloom;
in vec2 uv;
out vec4 color;

void main() { color = vec4(toned(composite(uv), textureLod(u_bloom, uv, 0.0).rgb, uv), 1.0); }
