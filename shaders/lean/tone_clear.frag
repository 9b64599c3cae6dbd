#version 330
// Tone while there is no mist yet: the sun's thin shafts need no care at edges.
#pragma include "../lib/tone.glsl"
uniform sampler2D u_scene;
uniform sampler2D u_mist;
uniform sampler2D u_bloom;
in vec2 uv;
out vec4 color;

void main() {
    vec3 c = textureLod(u_scene, uv, 0.0).rgb + textureLod(u_mist, uv, 0.0).rgb;
    color = vec4(toned(c, textureLod(u_bloom, uv, 0.0).rgb, uv), 1.0);
}
