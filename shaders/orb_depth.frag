#version 330
// Where the orb hides what is behind it from the mist. Its own rim is soft and writes no depth:
// a pixel that it half covers would have the floor's light without the floor's mist.
#pragma include "lib/frame.glsl"
in vec2 v_corner;
out vec4 color;

void main() {
    float whole = mix(min(1.1 * S_orb, 0.9), 1.0, smoothstep(0.8, 1.0, S_orb));
    if (length(v_corner) > 0.994 * whole) discard;
    color = vec4(0.0);
}
