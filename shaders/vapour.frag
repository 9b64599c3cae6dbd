#version 330
// A strand of vapour: silk that streams inward, silver far off and alight where it nears the orb.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec4 v_strand;
out vec4 color;

void main() {
    float t = v_corner.x, x = v_corner.y, own = v_strand.z;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float ends = smoothstep(0.02, 0.40, t) * (1.0 - smoothstep(0.965, 1.0, t));
    float near = smoothstep(0.12, 0.35, v_strand.y);
    // Two threads in a veil, drawn out along it; they part and meet again.
    float soft = max(1.0 - x * x, 0.0), flow = S_breath * 0.055;
    float veil = textureLod(u_smoke, vec2(own * 7.3 + 0.06 * x, t * 0.8 - flow), 2.0).w;
    float middle = 0.45 * sin(5.0 * t + own * 50.0 - 2.0 * flow), other = 0.5 * sin(3.7 * t + own * 31.0 + 2.0);
    float threads = exp(-(x - middle) * (x - middle) * 34.0) + 0.6 * exp(-(x - other) * (x - other) * 70.0);
    float fibres = textureLod(u_smoke, vec2(own * 3.1 + 0.35 * x, t * 0.30 - 0.6 * flow), 1.6).w;
    float thick = soft * soft * (0.02 + 0.30 * veil * veil + 0.55 * fibres * fibres + 0.40 * threads * (0.15 + veil)) * ends * head * near;
    float alpha = 1.0 - exp(-thick * mix(0.55, 1.6, t * t) * smoothstep(0.0, 0.25, S_gather));
    float apart = abs(t - v_strand.w);
    alpha *= smoothstep(0.008, 0.11, apart) * (t > v_strand.w ? 0.6 : 1.0);
    vec3 silver = srgb(0xC8D0DA) * vec3(0.80, 0.88, 1.06) * mix(0.30, 0.9, smoothstep(0.15, 0.85, t));
    float lit = smoothstep(0.25, 0.95, t);
    vec3 hue = mix(silver, srgb(0x86C6FF) * 2.5, lit * lit * (0.15 + 0.85 * min(S_orb_light, 1.0)));
    color = vec4(hue * alpha, alpha * mix(0.65, 0.12, lit));
}
