#version 330
// The finished picture enlarged to its own size and dithered to bytes.
uniform sampler2D u_source;  // colour, sRGB
in vec2 uv;
out vec4 color;

void main() {
    // As gradient_dither of lib/noise.glsl, whose other half is not wanted here.
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    color = vec4(textureLod(u_source, uv, 0.0).rgb + (grain - 0.5) / 255.0, 1.0);
}
