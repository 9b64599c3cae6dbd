#version 330
// Nine texels of the marched mist as one, kept apart where depths differ: the dither of the march
// repeats every three texels, so this takes it out (Jimenez 2014).
#pragma include "lib/state.glsl"
#pragma include "lib/depth.glsl"
uniform sampler2D u_march;
uniform sampler2D u_depth;
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

void main() {
    float own = linear_depth(textureLod(u_depth, uv, 0.0).r);
    vec4 sum = vec4(0.0);
    float total = 0.0;
    for (int i = 0; i < 9; ++i) {
        vec2 at = uv + (vec2(i % 3, i / 3) - 1.0) * u_texel;
        float other = linear_depth(textureLod(u_depth, at, 0.0).r);
        float w = 1.0 / (0.02 + abs(own - other) / own);
        sum += w * textureLod(u_march, at, 0.0);
        total += w;
    }
    color = sum / total;
}
