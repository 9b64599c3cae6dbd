#version 330
// Nine texels of the marched mist as one, kept apart where depths differ: the march begins in nine
// places that repeat every three texels, so this takes its dither out.
#pragma include "lib/state.glsl"
#pragma include "lib/depth.glsl"
uniform sampler2D u_march;
uniform sampler2D u_depth;
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

void main() {
    float own = linear_depth(textureLod(u_depth, uv, 0.0).r);
    float stored[9];
    for (int i = 0; i < 9; ++i) stored[i] = textureLod(u_depth, uv + (vec2(i % 3, i / 3) - 1.0) * u_texel, 0.0).r;
    vec4 sum = vec4(0.0);
    float total = 0.0;
    for (int i = 0; i < 9; ++i) {
        // Stored depth is even over a plane: what lies on one with its opposite counts whole.
        float off = abs(own - linear_depth(stored[i]));
        off = min(off, abs(own - linear_depth(0.5 * (stored[i] + stored[8 - i]))));
        float w = 1.0 / (0.02 + off / own);
        sum += w * textureLod(u_march, uv + (vec2(i % 3, i / 3) - 1.0) * u_texel, 0.0);
        total += w;
    }
    color = sum / total;
}
