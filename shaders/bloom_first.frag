#version 330
// First step down: the composed picture, with a Karis average against fireflies (Jimenez 2014).
#pragma include "lib/composite.glsl"
#pragma include "lib/color.glsl"
in vec2 uv;
out vec4 color;

void main() {
    vec2 px = 1.0 / u_size;
    vec3 sum = vec3(0.0);
    float total = 0.0;
    for (int i = 0; i < 4; ++i) {
        vec2 o = (vec2(i & 1, i >> 1) - 0.5) * px;
        vec3 c = min(composite(uv + o), vec3(40.0));
        float w = 1.0 / (1.0 + luminance(c));
        sum += c * w;
        total += w;
    }
    color = vec4(sum / total, 1.0);
}
