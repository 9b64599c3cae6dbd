// Roots of light in the floor's cracks: a line along the middle of each, strong where much of the
// root hangs on it, and the light that it throws on the stone beside it.
#pragma once
#pragma include "light.glsl"

struct Roots { vec3 shine; vec3 thrown; };  // light of their own; light on what lies beside them

// `crack` as in u_cracks, `away` metres from the crack's middle, `pixel` how wide a pixel is there.
Roots roots(vec4 crack, float away, float pixel) {
    float behind = S_roots_time * (0.7 + S_roots_time * 0.028) - crack.z;
    float lit = S_roots * smoothstep(0.0, 0.6, behind);
    float tip = exp(-behind * behind * 0.5), trunk = crack.w * sqrt(crack.w);
    float grown = trunk * (0.45 + 0.55 * smoothstep(0.0, 14.0, behind));
    // Slow pulses run outward along it.
    float beat = 0.5 + 0.5 * sin(crack.z * 0.55 - S_breath * 1.1);
    float pulse = 0.75 + 0.65 * beat * beat * beat;
    float wide = 0.004 + 0.034 * trunk * grown, drawn = max(wide, 0.7 * pixel);
    float core = exp(-away * away / (drawn * drawn)) * wide / drawn;
    float glow = 0.012 + 0.08 * grown, soft = exp(-away / (glow + 0.5 * pixel)) * glow / (glow + 0.5 * pixel);
    // It is white-blue where it has just come, and warm only where it has rested longest.
    vec3 hue = mix(srgb(0x8FC4F0), srgb(0xCFE9FF), max(tip, 0.4 * trunk));
    hue = mix(hue, srgb(0xFFD9A8), 0.85 * smoothstep(64.0, 81.0, behind) * smoothstep(0.40, 0.62, crack.w));
    float strong = (0.20 + 3.0 * grown) * pulse * (1.0 + 1.6 * exp(-max(behind, 0.0) / 5.0)) + 1.5 * tip;
    Roots r;
    r.shine = hue * lit * strong * (core * 2.2 + soft * 0.34);
    r.thrown = hue * lit * strong * (exp(-away * 9.0) * 0.75 + exp(-away * 2.6) * 0.11);
    return r;
}

// Rootlets that leave a crack along the veins of the stone, of which there are `lines` 0..1.
vec3 rootlets(vec4 crack, float lines) {
    float behind = S_roots_time * (0.7 + S_roots_time * 0.028) - crack.z - 6.0 * crack.x;
    float reach = 0.15 + 0.9 * crack.w * crack.w;
    float there = S_roots * smoothstep(1.5, 9.0, behind) * (1.0 - smoothstep(0.0, reach, crack.x));
    return srgb(0x8FC4F0) * there * there * lines * (0.10 + 0.9 * crack.w * crack.w);
}
