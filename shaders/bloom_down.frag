#version 330
// Thirteen taps down to half the size (Jimenez 2014).
uniform sampler2D u_source;
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

vec3 tap(float x, float y) { return textureLod(u_source, uv + vec2(x, y) * u_texel, 0.0).rgb; }

void main() {
    vec3 c = tap(0, 0) * 0.125;
    c += (tap(-1, -1) + tap(1, -1) + tap(-1, 1) + tap(1, 1)) * 0.125;
    c += (tap(-2, -2) + tap(2, -2) + tap(-2, 2) + tap(2, 2)) * 0.03125;
    c += (tap(-2, 0) + tap(2, 0) + tap(0, -2) + tap(0, 2)) * 0.0625;
    color = vec4(c, 1.0);
}
