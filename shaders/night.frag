#version 330
// Near-black, and the Milky Way on it: unresolved stars, dark lanes, a breath of rose.
#pragma include "lib/frame.glsl"
#pragma include "lib/galaxy.glsl"
in vec3 v_galactic;
in vec3 v_dir;
out vec4 color;

// Unresolved stars: bright grains of many sizes on a sphere of cells, no two cells alike.
float grain(vec3 g, float cells) {
    vec3 p = g * cells;
    vec3 base = floor(p), inside = fract(p);
    ivec3 cell = ivec3(base);
    vec3 at = vec3(hash(cell), hash(cell + 71), hash(cell + 173)) * 0.6 + 0.2;
    float r = length(inside - at);
    float bright = hash(cell + 311);
    return bright * bright * exp(-r * r * 26.0);
}

void main() {
    vec3 g = normalize(v_galactic);
    Galaxy found = galaxy(g, 0.0);
    float light = found.light * S_milky;
    vec3 pass = through_dust(found.dust);
    vec3 glow = mix(srgb(0x1E1C36), srgb(0x4A4466), clamp(light * 0.9, 0.0, 1.0)) * light * 1.55;
    glow += srgb(0x5A4A5E) * pow(light, 3.0) * 0.35;
    glow *= pass;
    float texture_of_stars = grain(g, 190.0) + 0.7 * grain(g + 3.1, 330.0);
    glow *= 0.86 + 0.75 * texture_of_stars;
    glow += srgb(0x9C4058) * found.rose * pass * 0.16 * S_milky;
    vec3 night = srgb(0x05060F) * (0.8 + 0.35 * v_dir.z);
    // Before the visitor floats the sky of the courtyard shows through.
    color = vec4((night + glow) * S_afloat, S_afloat);
}
