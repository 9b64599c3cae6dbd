#version 330
// First step down, from scene and mist themselves, with a Karis average against fireflies
// (Jimenez 2014).
#pragma include "../lib/composite.glsl"
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

void main() {
    vec4 mist = textureLod(u_mist, uv, 0.0);
    vec3 sum = vec3(0.0);
    float total = 0.0;
    for (int i = 0; i < 4; ++i) {
        vec2 o = (vec2(i & 1, i >> 1) - 0.5) * u_texel * 2.0;
        vec3 c = min(textureLod(u_scene, uv + o, 0.0).rgb, vec3(40.0));
        if (u_mist_on > 0.5) c = c * mist.a + mist.rgb;
        float w = 1.0 / (1.0 + luminance(c));
        sum += c * w;
        total += w;
    }
    color = vec4(sum / total, 1.0);
}
