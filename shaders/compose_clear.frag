#version 330
// Scene and the sun's thin shafts, while there is no mist yet to be kept apart at edges.
uniform sampler2D u_scene;
uniform sampler2D u_mist;
in vec2 uv;
out vec4 color;

void main() { color = vec4(textureLod(u_scene, uv, 0.0).rgb + textureLod(u_mist, uv, 0.0).rgb, 1.0); }
