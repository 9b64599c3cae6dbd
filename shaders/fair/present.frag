#version 330
// As present.frag, for a picture that is never reduced: enlarged, sharpened, grained, dithered.
#pragma include "../lib/frame.glsl"
#pragma include "../lib/color.glsl"
#pragma include "../lib/noise.glsl"
uniform sampler2D u_source;  // colour, sRGB
uniform float u_reduce;      // source pixels to one of these
in vec2 uv;
out vec4 color;

const float ENLARGED = 0.07;

void main() {
    vec2 px = max(1.0, 1.0 / u_reduce) / u_size;
    vec3 c = textureLod(u_source, uv, 0.0).rgb;
    vec3 n = textureLod(u_source, uv + vec2(0.0, px.y), 0.0).rgb, s = textureLod(u_source, uv - vec2(0.0, px.y), 0.0).rgb;
    vec3 e = textureLod(u_source, uv + vec2(px.x, 0.0), 0.0).rgb, w = textureLod(u_source, uv - vec2(px.x, 0.0), 0.0).rgb;
    vec3 low = min(c, min(min(n, s), min(e, w))), high = max(c, max(max(n, s), max(e, w)));
    vec3 share = -ENLARGED * sqrt(clamp(min(low, 1.0 - high) / max(high, vec3(1e-3)), 0.0, 1.0));
    c = clamp((c + share * (n + s + e + w)) / (1.0 + 4.0 * share), low * 0.8, high * 1.15);
    float grain = hash(ivec3(gl_FragCoord.xy, int(S_breath * 24.0))) - 0.5;
    c += grain * 0.012 * (1.0 - abs(2.0 * luminance(c) - 0.6));
    c += (gradient_dither(gl_FragCoord.xy) - 0.5) / 255.0;
    color = vec4(c, 1.0);
}
