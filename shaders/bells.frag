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
    // Three filaments that are wound about one another, wider apart as the tone dies away.
    float across = v_thread.y, apart = (0.24 + 0.05 * age) * ends, core = exp(-across * across * 9.0) * 0.06;
    for (int i = 0; i < 3; ++i) {
        float at = across - apart * sin(t * 13.0 + 2.09 * float(i) + 0.5 * age) * (0.7 + 0.3 * sin(t * 5.0 + float(i)));
        core += exp(-at * at * 110.0) * (0.34 + 0.30 * sin(t * 23.0 - 2.2 * age + 1.7 * float(i)));
    }
    float wave = 0.72 + 0.28 * sin(t * 31.0 - age * 3.0);
    vec3 hue = mix(srgb(0xE8D9C0), srgb(0xCFE0FF), t);
    color = vec4(hue * max(core, 0.0) * (1.0 - across * across) * ends * (drawn * fade * wave + tip * 1.8), 1.0);
}
