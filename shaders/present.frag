#version 330
// The finished picture at its own size: reduced or enlarged, with the film's grain, and dithered
// to bytes.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_source;  // colour, sRGB
uniform float u_reduce;      // source pixels to one of these
in vec2 uv;
out vec4 color;

const float SHARPEN = 0.05, ENLARGED = 0.07;

void main() {
    vec3 c;
    if (u_reduce > 1.25) {
        // A tent over the pixel's own footprint; four taps, each between texels.
        vec2 o = 0.5 / u_size * min(u_reduce * 0.5, 1.0);
        c = 0.25 * (textureLod(u_source, uv + o, 0.0).rgb + textureLod(u_source, uv - o, 0.0).rgb
            + textureLod(u_source, uv + vec2(o.x, -o.y), 0.0).rgb
            + textureLod(u_source, uv + vec2(-o.x, o.y), 0.0).rgb);
    } else {
        c = textureLod(u_source, uv, 0.0).rgb;
    }
    // Sharper by as much as the neighbours leave room for (after AMD's contrast-adaptive
    // sharpening, Mitchell 2019); enlarged, by the neighbours that it was drawn with.
    if (u_reduce > 0.6) {
        vec2 px = max(1.0, 1.0 / u_reduce) / u_size;
        vec3 n = textureLod(u_source, uv + vec2(0.0, px.y), 0.0).rgb, s = textureLod(u_source, uv - vec2(0.0, px.y), 0.0).rgb;
        vec3 e = textureLod(u_source, uv + vec2(px.x, 0.0), 0.0).rgb, w = textureLod(u_source, uv - vec2(px.x, 0.0), 0.0).rgb;
        vec3 low = min(c, min(min(n, s), min(e, w))), high = max(c, max(max(n, s), max(e, w)));
        vec3 room = sqrt(clamp(min(low, 1.0 - high) / max(high, vec3(1e-3)), 0.0, 1.0));
        vec3 share = -room * (u_reduce < 0.9 ? ENLARGED : SHARPEN);
        c = clamp((c + share * (n + s + e + w)) / (1.0 + 4.0 * share), low * 0.8, high * 1.15);
    }
    float grain = hash(ivec3(gl_FragCoord.xy, int(S_breath * 24.0))) - 0.5;
    c += grain * 0.012 * (1.0 - abs(2.0 * luminance(c) - 0.6));
    c += (gradient_dither(gl_FragCoord.xy) - 0.5) / 255.0;
    color = vec4(c, 1.0);
}
