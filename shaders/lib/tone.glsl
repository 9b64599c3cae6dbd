// Light becomes colour: exposure, filmic curve, grade, vignette, sRGB.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
uniform float u_exposure;  // the photographer's own, stops

// A shoulder on luminance with a slow walk to white that keeps hue (after Khronos PBR Neutral,
// 2024, with an earlier and softer knee).
vec3 filmic(vec3 c) {
    const float knee = 0.48;
    float peak = max(c.r, max(c.g, c.b));
    if (peak < knee) return c;
    float room = 1.0 - knee;
    float shoulder = 1.0 - room * room / (peak + room - knee);
    c *= shoulder / peak;
    // To the white of a low sun, and by way of orange: red light that went straight there would
    // be pink, as no fire is.
    float fade = 1.0 - 1.0 / (0.07 * (peak - shoulder) + 1.0);
    return mix(c, shoulder * vec3(1.0, 0.93, 0.80), fade * vec3(1.0, 1.0, 0.35 + 0.65 * fade));
}

// Linear light and its glow to sRGB, at a place in the picture.
vec3 toned(vec3 c, vec3 bloom, vec2 uv) {
    c = mix(c, bloom, mix(0.11, 0.075, S_afloat));
    c *= S_exposure * exp2(u_exposure);
    vec2 from = (uv - 0.5) * vec2(1.0, min(u_size.y / u_size.x, 1.0) * 1.25);
    float dark = S_vignette + S_heart * 0.28 + S_memory_glow * 0.55;
    c *= max(1.0 - dark * smoothstep(0.12, 0.72, length(from)), 0.04);
    c = filmic(c * 0.62);
    // Violet in the shadows, and the act's own warmth.
    float l = luminance(c);
    c += srgb(0x1B1030) * 0.10 * exp(-l * 14.0) * (1.0 - S_afloat);
    // Cool shade is greyer than warm light: what is violet everywhere is violet nowhere.
    float warm = clamp(0.5 + 2.2 * (c.r - c.b) / (c.r + c.b + 1e-4), 0.0, 1.0);
    c = mix(vec3(l), c, mix(0.74, 1.06, mix(warm, 1.0, S_afloat)));
    c *= mix(vec3(0.97, 0.99, 1.05), vec3(1.05, 0.99, 0.96), S_warmth);
    // Dark goes towards violet blue and bright towards gold, as a painter's dusk does.
    vec3 bright = mix(vec3(1.0), vec3(1.04, 1.01, 0.94), S_warmth);
    vec3 split = mix(vec3(0.85, 0.97, 1.17), bright, smoothstep(0.0, 0.30, sqrt(l)));
    c *= mix(split, vec3(1.0), S_afloat);
    return to_srgb(c * S_fade);
}
