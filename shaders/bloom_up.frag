#version 330
// A tent up to twice the size, added to the level's own light (Jimenez 2014).
uniform sampler2D u_source;  // the smaller, wider glow
uniform sampler2D u_level;   // this level's own
uniform vec2 u_texel;        // of the smaller
uniform float u_share;       // of the wider glow in the sum
in vec2 uv;
out vec4 color;

vec3 tap(float x, float y) { return textureLod(u_source, uv + vec2(x, y) * u_texel, 0.0).rgb; }

void main() {
    vec3 c = tap(0, 0) * 4.0 + (tap(-1, 0) + tap(1, 0) + tap(0, -1) + tap(0, 1)) * 2.0;
    c += tap(-1, -1) + tap(1, -1) + tap(-1, 1) + tap(1, 1);
    color = vec4(mix(textureLod(u_level, uv, 0.0).rgb, c / 16.0, u_share), 1.0);
}
