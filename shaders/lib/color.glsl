// Palette colours are written in sRGB, as painters name them, and used in linear light.
#pragma once

vec3 srgb(int code) {
    vec3 c = vec3(float((code >> 16) & 255), float((code >> 8) & 255), float(code & 255)) / 255.0;
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

// Rec. 709 luminance.
float luminance(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }

// The curve's power by three roots, which processors have, to a fifth of a byte (Taylor 2012).
vec3 to_srgb(vec3 c) {
    c = clamp(c, 0.0, 1.0);
    vec3 r = sqrt(c), rr = sqrt(r);
    vec3 curve = 0.662002687 * r + 0.684122060 * rr - 0.323583601 * sqrt(rr) - 0.0225411470 * c;
    return mix(c * 12.92, curve, step(0.0031308, c));
}
