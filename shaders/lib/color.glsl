// Palette colours are written in sRGB, as painters name them, and used in linear light.
#pragma once

vec3 srgb(int code) {
    vec3 c = vec3(float((code >> 16) & 255), float((code >> 8) & 255), float(code & 255)) / 255.0;
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

// Rec. 709 luminance.
float luminance(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }

vec3 to_srgb(vec3 c) {
    c = clamp(c, 0.0, 1.0);
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}
