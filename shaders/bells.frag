#version 330
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
in vec3 v_thread;
out vec4 color;

void main() {
    float t = v_thread.x, age = v_thread.z;
    float head = age / 1.6;
    float drawn = smoothstep(0.0, 0.10, head * 1.15 - t);
    float tip = exp(-pow((t - head * 1.15) / 0.05, 2.0)) * (1.0 - smoothstep(1.2, 1.9, age));
    float ends = smoothstep(0.0, 0.16, t) * (1.0 - smoothstep(0.80, 1.0, t));
    float fade = exp(-age * 0.42) * (1.0 - smoothstep(5.0, 8.0, age));
    float core = exp(-pow(v_thread.y / 0.20, 2.0)) * 0.75 + exp(-pow(v_thread.y / 0.5, 2.0)) * 0.10;
    float wave = 0.72 + 0.28 * sin(t * 31.0 - age * 3.0);
    vec3 hue = mix(srgb(0xE8D9C0), srgb(0xCFE0FF), t);
    color = vec4(hue * core * ends * (drawn * fade * wave + tip * 1.6), 1.0);
}
