#version 330
// The only place where light becomes colour.
#pragma include "lib/tone.glsl"
uniform sampler2D u_source;
uniform sampler2D u_bloom;
in vec2 uv;
out vec4 color;

void main() {
    vec3 glow = textureLod(u_bloom, uv, 0.0).rgb;
    color = vec4(toned(textureLod(u_source, uv, 0.0).rgb, glow, uv), 1.0);
}
