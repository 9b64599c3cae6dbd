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
    float grain = hash(ivec3(gl_FragCoord.xy, int(S_breath * 24.0))) - 0.5;
    c += grain * 0.012 * (1.0 - abs(2.0 * luminance(c) - 0.6));
    c += (gradient_dither(gl_FragCoord.xy) - 0.5) / 255.0;
    color = vec4(c, 1.0);
}
