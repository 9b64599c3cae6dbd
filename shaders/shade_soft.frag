#version 330
// Twenty-five texels of the marched shade as one, kept apart where depths differ.
#pragma include "lib/depth.glsl"
uniform sampler2D u_march;
uniform sampler2D u_depth;
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

void main() {
    float own = linear_depth(textureLod(u_depth, uv, 0.0).r);
    float sum = 0.0, total = 0.0;
    for (int i = 0; i < 25; ++i) {
        vec2 at = uv + (vec2(i % 5, i / 5) - 2.0) * u_texel;
        float other = linear_depth(textureLod(u_depth, at, 0.0).r);
        float w = 1.0 / (0.01 + abs(own - other) / own);
        sum += w * textureLod(u_march, at, 0.0).r;
        total += w;
    }
    color = vec4(sum / total);
}
